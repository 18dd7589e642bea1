package hinomi.console;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.console.form.Form;
import hinomi.console.form.Range;
import hinomi.console.render.Assets;
import hinomi.console.render.Links;
import hinomi.console.render.Pages;
import hinomi.console.render.RulesPage;
import hinomi.console.render.SilenceSheet;
import hinomi.console.render.Visit;
import hinomi.model.BadInput;
import hinomi.model.Incident;
import hinomi.model.Labels;
import hinomi.model.Language;
import hinomi.model.LogRecord;
import hinomi.model.Sample;
import hinomi.model.Series;
import hinomi.model.Text;
import hinomi.testkit.Html;
import hinomi.testkit.SimTime;
import hinomi.web.Request;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// What every page must keep to, whatever it shows: checked on all pages, in both languages, with
/// ordinary and with hostile content.
final class PageRulesTest {
  private static final String HOSTILE =
      "\"'><img src=x onerror=alert(1)></textarea></title></pre><script>alert(1)</script>{{7*7}}"
          + "[[${7*7}]]__${T(x)}__&amp;\u202E\u0000\uD800\u001B[31m]]>{0}";

  private static final Instant NOW = Samples.NOW;
  private final Pages pages = new Pages(Desk.config(), new Assets());

  /// Every page by a name, each twice: in Japanese and in English.
  private Map<String, String> all(Desk desk, String text) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Language language : Language.values()) {
      Visit visit =
          new Visit(
              language,
              language == Language.JA ? Links.plain() : Links.in(language),
              Links.with("/logs", "q", text),
              text,
              "acknowledged",
              NOW);
      each(desk, visit, text).forEach((name, page) -> all.put(language.tag() + " " + name, page));
    }
    return all;
  }

  private Map<String, String> each(Desk desk, Visit visit, String text) {
    Console console =
        new Console(desk.ports(), Desk.config(), new SimTime(NOW), new SimpleMeterRegistry());
    Map<String, String> some = new LinkedHashMap<>();
    some.put("overview", pages.overview(visit, console.overview(), desk.ports().addresses()));
    watched(desk, console, visit, text, some);
    desk.groups
        .values()
        .forEach(group -> {
          some.put("alert", pages.alert(visit, group, Optional.empty()));
          some.put("alert again", pages.alert(visit, group, Optional.of(bad(text))));
        });
    some.put(
        "incidents",
        pages.incidents(
            visit, desk.incidents.values().stream().map(IncidentRecord::incident).toList()));
    desk.incidents
        .values()
        .forEach(record -> {
          String id = record.incident().id();
          Optional<Form> form = Optional.of(bad(text));
          some.put("incident " + id, pages.incident(visit, record, "", Optional.empty()));
          some.put("update " + id, pages.incident(visit, record, "update", form));
          some.put("note " + id, pages.incident(visit, record, "note", form));
          some.put(
              "postmortem " + id,
              pages.postmortem(visit, record, Text.same(text), true, Optional.empty()));
          some.put("publish " + id, pages.publish(visit, record, form));
        });
    Range hour = Range.LAST_1H;
    some.put("logs", pages.logs(visit, hour));
    some.put("lines", pages.logs(visit, text, hour, new Reading.Known<>(desk.lines)));
    some.put("bad logs", pages.logs(visit, text, hour, new Reading.Unreadable<>(text, 3)));
    some.put("explore", pages.explore(visit, hour));
    Reading<Found.Lines> lines = new Reading.Known<>(lines(text));
    some.put("found", pages.explore(visit, text, hour, new Reading.Known<>(desk.found), lines));
    some.put(
        "words",
        pages.explore(
            visit,
            text,
            hour,
            new Reading.Known<>(new Found.Words(text, List.of(text))),
            new Reading.Unreadable<>(text, BadInput.NOWHERE)));
    some.put(
        "bad explore",
        pages.explore(
            visit,
            text,
            hour,
            new Reading.Unreadable<>(text, text.length()),
            new Reading.Unreadable<>(text, BadInput.NOWHERE)));
    some.put("failure", pages.failure(visit, "failed", text));
    return some;
  }

  private void watched(
      Desk desk, Console console, Visit visit, String text, Map<String, String> some) {
    AlertBoard.Filter filter = new AlertBoard.Filter(Optional.empty(), "");
    some.put("alerts", pages.board(visit, console.board(filter), filter));
    AlertBoard.Filter none = new AlertBoard.Filter(Optional.of(LiveAlert.State.PENDING), text);
    some.put("no alerts", pages.board(visit, console.board(none), none));
    some.put("rules", pages.rules(visit, desk.rules, new RulesPage.Filter(Optional.empty(), "")));
    some.put(
        "no rules", pages.rules(visit, desk.rules, new RulesPage.Filter(Optional.empty(), "~")));
    some.put("silences", pages.silences(visit, desk.silences));
    Reading.Unreadable<SilencePreview> bad = new Reading.Unreadable<>(text, 3);
    some.put("silence", pages.silence(visit, sheet(Map.of(), Optional.empty(), Optional.empty())));
    Map<String, String> typed = new LinkedHashMap<>();
    for (String field : List.of("matchers", "length", "other", "starts", "comment", "by")) {
      typed.put(field, text);
    }
    some.put(
        "silence preview",
        pages.silence(
            visit, sheet(typed, Optional.empty(), Optional.of(new Reading.Known<>(desk.preview)))));
    some.put(
        "silence again",
        pages.silence(visit, sheet(typed, Optional.of(bad(text)), Optional.of(bad))));
    some.put("ask why", pages.why(visit));
    some.put(
        "why", pages.why(visit, bad(text), Optional.of(new Reading.Known<>(desk.explanations))));
    some.put(
        "bad why",
        pages.why(visit, bad(text), Optional.of(new Reading.Unreadable<>(text, text.length()))));
  }

  private static SilenceSheet sheet(
      Map<String, String> typed,
      Optional<Form> mistakes,
      Optional<Reading<SilencePreview>> preview) {
    return new SilenceSheet(
        typed, mistakes, Optional.empty(), preview, Optional.empty(), true, Duration.ofDays(30));
  }

  private static Found.Lines lines(String text) {
    long at = NOW.toEpochMilli() - 60_000;
    return new Found.Lines(
        List.of(
            new Series(Labels.of("a", text), new long[] {at, at + 15_000}, new double[] {1, 2})),
        List.of());
  }

  private static Form bad(String text) {
    Request request =
        new Request(
            "POST",
            "/",
            Map.of(),
            Map.of(
                "by",
                List.of(text),
                "ja",
                List.of(text),
                "text",
                List.of(text),
                "alert",
                List.of(text),
                "at",
                List.of(text)),
            Map.of(),
            new byte[0],
            "");
    Form form = new Form(request);
    form.line("by", 1);
    form.lines("ja", 1);
    form.lines("text", 1);
    form.choice("stage", Incident.Stage.class);
    form.lines("alert", 1);
    var _ = form.optionalTime("at", Desk.config().zone());
    return form;
  }

  /// Every text that people or machines may write, in the worst way.
  private static Desk hostile() {
    Desk desk = new Desk();
    AlertGroup group = Samples.matching(NOW);
    Labels labels = Labels.of("alertname", HOSTILE, "component", HOSTILE, "severity", HOSTILE);
    desk.groups.put(
        "x",
        new AlertGroup(
            HOSTILE,
            group.state(),
            true,
            HOSTILE,
            group.openedAt(),
            Optional.empty(),
            new AlertGroup.Climb(1, Optional.empty(), List.of(HOSTILE, "person:" + HOSTILE)),
            Optional.of(new AlertGroup.Acknowledgement(HOSTILE, HOSTILE, NOW)),
            List.of(
                new AlertGroup.Alert(
                    HOSTILE,
                    labels,
                    Map.of("summary", HOSTILE, HOSTILE, HOSTILE, "url", "javascript:alert(1)"),
                    Double.NaN,
                    NOW,
                    Optional.empty())),
            List.of(
                new AlertGroup.Delivery(
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    NOW,
                    List.of(new AlertGroup.Attempt(2, NOW, HOSTILE, HOSTILE))))));
    Text text = Text.same(HOSTILE);
    Incident past = Samples.past(NOW);
    Incident incident =
        new Incident(
            past.id(),
            text,
            past.impact(),
            past.stage(),
            List.of(HOSTILE),
            past.startedAt(),
            past.resolvedAt(),
            List.of(new Incident.Update(1, past.stage(), text, NOW)),
            Optional.of(new Incident.Postmortem(text, HOSTILE, NOW)));
    desk.incidents.put(
        "x",
        new IncidentRecord(
            incident,
            true,
            List.of(new IncidentRecord.Alert(HOSTILE, HOSTILE, NOW, Optional.empty())),
            List.of(new IncidentRecord.Entry(NOW, HOSTILE, HOSTILE, HOSTILE)),
            List.of(new IncidentRecord.Version(1, text, HOSTILE, NOW))));
    desk.hosts = List.of(new Host(HOSTILE, NOW));
    desk.lines = List.of(new LogRecord(labels, 0, HOSTILE, labels));
    desk.found = new Found.Samples(List.of(new Sample(labels, 0, 1)), List.of(HOSTILE));
    Watched.speaking(desk, labels, HOSTILE, NOW);
    return desk;
  }

  private List<Map<String, String>> situations() {
    return List.of(all(Desk.night(NOW), "up"), all(new Desk(), ""), all(hostile(), HOSTILE));
  }

  @Test
  void everyPageHasItsLanguageATitleAndHeadingsInOrder() {
    for (Map<String, String> situation : situations()) {
      situation.forEach((name, html) -> {
        Document page = Html.parse(html);
        assertThat(page.getDocumentElement().getAttribute("lang"))
            .as(name)
            .isEqualTo(name.substring(0, 2));
        assertThat(Html.named(page, "main")).as(name).hasSize(1);
        assertThat(Html.named(page, "h1")).as(name).hasSize(1);
        int before = 0;
        for (Element heading : Html.elements(page, e -> e.getLocalName().matches("h[1-6]"))) {
          int level = heading.getLocalName().charAt(1) - '0';
          assertThat(level).as(name).isLessThanOrEqualTo(before + 1);
          before = level;
        }
      });
    }
  }

  @Test
  void everyFieldHasALabelEveryPictureWordsAndEveryLinkText() {
    for (Map<String, String> situation : situations()) {
      situation.forEach((name, html) -> {
        Document page = Html.parse(html);
        for (Element field : Html.elements(page, e -> e.getLocalName().matches("input|textarea"))) {
          assertThat(field.getAttribute("type").equals("hidden") || inside(field, "label"))
              .as(name + " " + field.getAttribute("name"))
              .isTrue();
        }
        for (Element image : Html.named(page, "img")) {
          assertThat(image.hasAttribute("alt")).as(name).isTrue();
        }
        for (Element svg : Html.named(page, "svg")) {
          assertThat(
                  svg.getAttribute("aria-hidden").equals("true")
                      || !svg.getAttribute("aria-label").isBlank())
              .as(name)
              .isTrue();
        }
        for (Element link : Html.named(page, "a")) {
          assertThat(link.getTextContent()).as(name).isNotBlank();
        }
        for (Element cell : Html.named(page, "th")) {
          assertThat(cell.getAttribute("scope")).as(name).isNotEmpty();
        }
      });
    }
  }

  private static boolean inside(Element element, String name) {
    return element.getParentNode() instanceof Element parent
        && (parent.getLocalName().equals(name) || inside(parent, name));
  }

  @Test
  void nothingOnAPageNeedsOrAllowsInlineCode() {
    for (Map<String, String> situation : situations()) {
      situation.forEach((name, html) -> {
        Document page = Html.parse(html);
        for (Element element : Html.elements(page, _ -> true)) {
          for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr attribute = (Attr) element.getAttributes().item(i);
            assertThat(attribute.getName()).as(name).doesNotMatch("on.*|style");
            if (attribute.getName().matches("href|src|action")) {
              assertThat(attribute.getValue().toLowerCase(Locale.ROOT))
                  .as(name)
                  .matches("(/|#|https?://).*");
            }
          }
        }
        for (Element script : Html.named(page, "script")) {
          assertThat(script.getAttribute("src")).as(name).startsWith("/console/console-");
          assertThat(script.getTextContent()).isEmpty();
        }
        for (Element form : Html.named(page, "form")) {
          assertThat(form.getAttribute("action")).as(name).startsWith("/").doesNotStartWith("//");
        }
      });
    }
  }

  @Test
  void hostileTextIsShownAsItWasWritten() {
    all(hostile(), HOSTILE)
        .forEach((name, html) ->
            assertThat(html)
                .as(name)
                .doesNotContain(
                    "<img src=x", "<script>alert", ">49<", "[[49]]", "\u0000", "\u001B"));
    assertThat(all(hostile(), HOSTILE).get("ja overview"))
        .contains("&lt;img src=x onerror=alert(1)&gt;", "{{7*7}}[[${7*7}]]__${T(x)}__&amp;amp;");
  }

  @Test
  void whatWasTypedStandsInItsFieldAgain() {
    String page = all(Desk.night(NOW), "最初の行\n\n  次").getOrDefault("ja update 20261121-1", "");
    Document document = Html.parse(page);
    Element ja = Html.elements(document, e -> e.getAttribute("name").equals("ja")).getFirst();
    assertThat(ja.getTextContent()).isEqualTo("最初の行\n\n  次");
    assertThat(ja.getAttribute("aria-invalid")).isEqualTo("true");
  }

  @Test
  void thePagesStaySmall() {
    assertThat(all(Desk.night(NOW), "up").getOrDefault("ja overview", "")).hasSizeLessThan(30_000);
    Found.Lines lines =
        Samples.lines(NOW.minus(Duration.ofHours(1)), NOW, Duration.ofSeconds(15), 20);
    Visit visit = new Visit(Language.EN, Links.plain(), "/explore", "", "", NOW);
    assertThat(
            pages
                .explore(
                    visit,
                    "up",
                    Range.LAST_1H,
                    new Reading.Known<>(Samples.samples()),
                    new Reading.Known<>(lines))
                .length())
        .isLessThan(100_000);
  }
}
