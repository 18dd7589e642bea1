package hinomi.alertengine.deliver.mail;

import hinomi.alertengine.group.Gathered;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.Reason;
import hinomi.model.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The words of a summary: how many alerts there are of which cause.
record StormWords(Language language) {
  private static final int CAUSES_IN_SUBJECT = 3;

  private boolean ja() {
    return language == Language.JA;
  }

  String why(Reason reason) {
    if (reason == Reason.STORM_OVER) {
      return ja()
          ? "アラートの多発は収まりました。これが最後のまとめです。以後は個別にお知らせします。"
          : "The storm of alerts is over. This is its last summary: from now on each is told"
              + " again.";
    }
    return ja()
        ? "アラートが多発しているため、個別のお知らせに代えて、まとめてお知らせします。新しい原因の最初のアラートは個別にお知らせします。"
        : "There are too many alerts to tell you each of them: this is a summary."
            + " The first page of a new cause still comes by itself.";
  }

  String subject(Notification notification) {
    Gathered all = notification.besides().gathered();
    String names =
        all.causes().stream()
            .filter(cause -> cause.firing() > 0)
            .limit(CAUSES_IN_SUBJECT)
            .map(Gathered.Cause::name)
            .collect(Collectors.joining(", "));
    String counts =
        ja()
            ? "発生中%d件、復旧%d件".formatted(all.firing(), all.resolved())
            : "%d firing, %d resolved".formatted(all.firing(), all.resolved());
    return names.isEmpty() ? counts : counts + ": " + names;
  }

  List<String> lines(Gathered all, Function<Instant, String> time) {
    List<String> lines = new ArrayList<>();
    lines.add((ja() ? "多発の開始: " : "storm since: ") + time.apply(all.since()));
    lines.add(
        ja()
            ? "発生中: %d件（%dグループ） 復旧済み: %d件 まとめた通知: %d通"
                .formatted(all.firing(), all.groups(), all.resolved(), all.messages())
            : "%d alerts fire in %d groups, %d are resolved; instead of %d messages"
                .formatted(all.firing(), all.groups(), all.resolved(), all.messages()));
    for (Gathered.Cause cause : all.causes()) {
      lines.add(
          "  "
              + cause.name()
              + (ja() ? ": 発生中%d件（%dグループ）、復旧%d件" : ": %d firing in %d groups, %d resolved")
                  .formatted(cause.firing(), cause.groups(), cause.resolved()));
    }
    if (all.moreCauses() > 0) {
      lines.add(
          ja()
              ? "  ほか%d種の原因".formatted(all.moreCauses())
              : "  and %d more causes".formatted(all.moreCauses()));
    }
    lines.add("");
    return lines;
  }
}
