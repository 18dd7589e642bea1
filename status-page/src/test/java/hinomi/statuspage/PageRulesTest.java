package hinomi.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.ComponentStatus;
import hinomi.model.Condition;
import hinomi.model.Incident;
import hinomi.model.Incident.Postmortem;
import hinomi.model.Incident.Update;
import hinomi.model.Text;
import hinomi.statuspage.render.Edition;
import hinomi.statuspage.render.Press;
import hinomi.statuspage.render.Sheet;
import hinomi.statuspage.snapshot.Snapshot;
import hinomi.testkit.Html;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// What every page must keep to, whatever it shows: checked on all pages of all situations.
final class PageRulesTest {
  private static final String HOSTILE =
      "\"><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}[[${7*7}]]__${T(x)}__'&amp;"
          + "\u202E\u0000\uD800\u001B]]>";

  private static final Map<Edition, Map<String, Document>> EDITIONS = new LinkedHashMap<>();

  static {
    for (Edition edition :
        List.of(Editions.well(), Editions.incident(), Editions.unmeasured(), hostile())) {
      EDITIONS.put(edition, read(edition));
    }
  }

  /// Every text that people or probes may write, in the worst way.
  private static Edition hostile() {
    Text text = Text.same(HOSTILE);
    List<ComponentStatus> components = new ArrayList<>();
    for (ComponentStatus c : Samples.components(Samples.NOW, Condition.DOWN)) {
      components.add(
          new ComponentStatus(
              c.id(),
              c.parent(),
              text,
              text,
              c.condition(),
              c.since(),
              c.days(),
              c.total(),
              List.of(HOSTILE)));
    }
    List<Incident> incidents = new ArrayList<>();
    for (Incident i : Samples.incidents(Samples.NOW, true)) {
      incidents.add(
          new Incident(
              i.id(),
              text,
              i.impact(),
              i.stage(),
              i.components(),
              i.startedAt(),
              i.resolvedAt(),
              List.of(new Update(1, i.stage(), text, i.startedAt())),
              Optional.of(new Postmortem(text, HOSTILE, i.startedAt()))));
    }
    return new Press(Samples.identity()).print(Snapshot.of(Samples.NOW, 1, components, incidents));
  }

  private static Map<String, Document> read(Edition edition) {
    Map<String, Document> pages = new HashMap<>();
    read(edition.fresh(), "", pages);
    read(edition.expired(), " (expired)", pages);
    return pages;
  }

  private static Map<String, Document> pagesOf(Edition edition) {
    return EDITIONS.getOrDefault(edition, Map.of());
  }

  private static void read(Map<String, Sheet> sheets, String mark, Map<String, Document> pages) {
    sheets.forEach((address, sheet) -> {
      if (sheet.contentType().startsWith("text/html")) {
        pages.put(address + mark, Html.parse(new String(sheet.bytes(), StandardCharsets.UTF_8)));
      }
    });
  }

  @Test
  void everyPageHasItsLanguageATitleAndHeadingsInOrder() {
    for (Map<String, Document> pages : EDITIONS.values()) {
      pages.forEach((address, page) -> {
        Element root = page.getDocumentElement();
        assertThat(root.getAttribute("lang")).as(address).isEqualTo(address.substring(0, 2));
        assertThat(Html.named(page, "title").getFirst().getTextContent()).isNotBlank();
        assertThat(Html.named(page, "main")).as(address).hasSize(1);
        assertThat(Html.named(page, "h1")).as(address).hasSize(1);
        int before = 0;
        for (Element heading : Html.elements(page, e -> e.getLocalName().matches("h[1-6]"))) {
          int level = heading.getLocalName().charAt(1) - '0';
          assertThat(level)
              .as(address + ": " + heading.getTextContent())
              .isLessThanOrEqualTo(before + 1);
          before = level;
        }
      });
    }
  }

  @Test
  void picturesHaveWordsAndLinksHaveText() {
    for (Map<String, Document> pages : EDITIONS.values()) {
      pages.forEach((address, page) -> {
        for (Element image : Html.named(page, "img")) {
          assertThat(image.hasAttribute("alt")).as(address).isTrue();
        }
        for (Element svg : Html.named(page, "svg")) {
          assertThat(hidden(svg) || !svg.getAttribute("aria-label").isBlank()).as(address).isTrue();
        }
        for (Element link : Html.named(page, "a")) {
          assertThat(link.getTextContent()).as(address).isNotBlank();
        }
        for (Element cell : Html.named(page, "th")) {
          assertThat(cell.getAttribute("scope").isEmpty() && !inProse(cell)).as(address).isFalse();
        }
      });
    }
  }

  private static boolean hidden(Element element) {
    return element.getAttribute("aria-hidden").equals("true")
        || (element.getParentNode() instanceof Element parent && hidden(parent));
  }

  private static boolean inProse(Element element) {
    return element.getAttribute("class").equals("prose")
        || (element.getParentNode() instanceof Element parent && inProse(parent));
  }

  @Test
  void nothingOnAPageNeedsOrAllowsInlineCode() {
    for (Map<String, Document> pages : EDITIONS.values()) {
      pages.forEach((address, page) -> {
        for (Element element : Html.elements(page, _ -> true)) {
          for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr attribute = (Attr) element.getAttributes().item(i);
            assertThat(attribute.getName()).as(address).doesNotMatch("on.*|style");
            assertThat(attribute.getValue().strip().toLowerCase(java.util.Locale.ROOT))
                .as(address)
                .doesNotStartWith("javascript:");
          }
        }
        for (Element script : Html.named(page, "script")) {
          assertThat(script.getAttribute("src")).as(address).startsWith("/assets/expiry-");
          assertThat(script.getTextContent()).isEmpty();
        }
      });
    }
  }

  @Test
  void hostileTextIsShownAsItWasWritten() {
    Edition edition = EDITIONS.keySet().stream().toList().getLast();
    edition
        .fresh()
        .forEach((address, sheet) -> {
          String body = new String(sheet.bytes(), StandardCharsets.UTF_8);
          if (sheet.contentType().contains("json")) {
            return; // JSON has its own quoting, and is never read as HTML
          }
          assertThat(body).as(address).doesNotContain("<img src=x", "<script>alert", ">49<");
          if (sheet.contentType().contains("xml")) {
            Html.xml(body);
          }
        });
    assertThat(Editions.text(edition.fresh(), "ja")).contains("{{7*7}}[[${7*7}]]__${T(x)}__");
  }

  @Test
  void everyLinkLeadsToSomethingInTheSameEdition() {
    for (Edition edition : EDITIONS.keySet()) {
      Set<String> dead = new HashSet<>();
      pagesOf(edition)
          .forEach((_, page) -> {
            for (Element element :
                Html.elements(page, e -> e.hasAttribute("href") || e.hasAttribute("src"))) {
              String to = element.getAttribute(element.hasAttribute("href") ? "href" : "src");
              if (to.startsWith("/") && !found(edition, to)) {
                dead.add(to);
              }
            }
          });
      assertThat(dead).isEmpty();
    }
  }

  private static boolean found(Edition edition, String link) {
    String address = link.substring(1).replaceAll("/$", "");
    return edition.fresh().containsKey(address) || edition.fresh().containsKey("ja/" + address);
  }

  @Test
  void timesAreReadableForMachines() {
    pagesOf(Editions.incident())
        .forEach((_, page) -> {
          for (Element time : Html.named(page, "time")) {
            assertThat(Instant.parse(time.getAttribute("datetime"))).isNotNull();
          }
        });
  }

  @Test
  void nothingInternalIsOnThePage() {
    for (Edition edition : EDITIONS.keySet()) {
      edition
          .fresh()
          .forEach((address, sheet) ->
              assertThat(new String(sheet.bytes(), StandardCharsets.UTF_8))
                  .as(address)
                  .doesNotContain("probe:internal", "障害対応責任者"));
    }
  }

  @Test
  void theFirstViewStaysSmall() {
    Edition edition = Editions.incident();
    int size = 0;
    for (Map.Entry<String, Sheet> entry : edition.fresh().entrySet()) {
      Sheet sheet = entry.getValue();
      if (entry.getKey().equals("ja")
          || sheet.kind() == Sheet.Kind.ASSET
          || entry.getKey().equals("favicon.svg")) {
        size += sheet.gzip().length;
      }
    }
    assertThat(size).isLessThan(50_000);
  }
}
