package hinomi.console.render;

import hinomi.console.Reading;
import hinomi.console.Silence;
import hinomi.console.SilencePreview;
import hinomi.settings.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Silences: the list, and the form with what one would hide.
final class SilencePages {
  private static final int MOST = 200;
  private static final int EXPIRED = 50;
  private static final int PAST = 20;

  /// The form's choices, of which those are shown that may be.
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofDays(1),
          Duration.ofDays(3),
          Duration.ofDays(7));

  private final Paper paper;

  SilencePages(Paper paper) {
    this.paper = paper;
  }

  /// A length that can be chosen.
  record Length(String word, String text) {}

  String list(Visit visit, List<Silence> all) {
    Map<String, Object> model =
        paper.sheet(visit, "alerts", paper.phrases(visit).say("silences.title"));
    model.put("desk", "silences");
    for (Silence.State state : Silence.State.values()) {
      List<Silence> some = all.stream().filter(silence -> silence.state() == state).toList();
      int most = state == Silence.State.EXPIRED ? EXPIRED : MOST;
      model.put(BoardPage.word(state), some.stream().limit(most).toList());
      model.put(BoardPage.word(state) + "Hidden", Math.max(0, some.size() - most));
    }
    return paper.print(visit, "silences", model);
  }

  String form(Visit visit, SilenceSheet sheet) {
    Phrases p = paper.phrases(visit);
    Map<String, Object> model =
        paper.sheet(
            visit,
            "alerts",
            p.say(
                sheet.like().filter(one -> one.state() != Silence.State.EXPIRED).isPresent()
                    ? "silence.change.title"
                    : "silence.title"));
    model.put("desk", "silences");
    sheet.mistakes().ifPresent(form -> paper.again(model, visit, "silence", form));
    model.put("typed", sheet.typed());
    String matchers = sheet.typed().getOrDefault("matchers", "");
    model.put("like", sheet.like().orElse(null));
    model.put("unseen", sheet.unseen());
    model.put("longest", p.lasting(sheet.longest()));
    model.put(
        "lengths",
        Stream.concat(LENGTHS.stream(), Stream.of(sheet.longest()))
            .filter(length -> length.compareTo(sheet.longest()) <= 0)
            .distinct()
            .map(length -> new Length(Durations.print(length), p.lasting(length)))
            .toList());
    sheet.refused().ifPresent(no -> Paper.mistake(visit, model, matchers, no));
    sheet
        .preview()
        .ifPresent(preview -> {
          switch (preview) {
            case Reading.Unreadable<SilencePreview> no -> Paper.mistake(visit, model, matchers, no);
            case Reading.Known<SilencePreview> known -> {
              model.put("preview", known.value());
              model.put("previewed", matchers);
              model.put("past", known.value().past().stream().limit(PAST).toList());
              model.put("pastHidden", Math.max(0, known.value().past().size() - PAST));
            }
          }
        });
    return paper.print(visit, "silence", model);
  }
}
