package hinomi.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.testkit.Html;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// The feed has what RFC 4287 requires.
final class FeedTest {
  private static final String ATOM = "http://www.w3.org/2005/Atom";

  private static List<String> children(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagNameNS(ATOM, name);
    List<String> texts = new java.util.ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (parent.isSameNode(nodes.item(i).getParentNode())) {
        texts.add(nodes.item(i).getTextContent());
      }
    }
    return texts;
  }

  @Test
  void feedAndEntriesHaveIdTitleAndUpdated() {
    for (String language : List.of("ja", "en")) {
      Document document =
          Html.xml(Editions.text(Editions.incident().fresh(), language + "/feed.atom"));
      Element feed = document.getDocumentElement();
      assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
      assertThat(feed.getAttribute("xml:lang")).isEqualTo(language);
      assertThat(feed.getElementsByTagNameNS(ATOM, "author").getLength()).isEqualTo(1);
      Set<String> ids = new HashSet<>();
      List<Element> entries = Html.named(document, "entry");
      assertThat(entries).hasSize(3);
      entries.addFirst(feed);
      for (Element element : entries) {
        assertThat(children(element, "id")).hasSize(1);
        assertThat(ids.add(children(element, "id").getFirst())).as("ids differ").isTrue();
        assertThat(children(element, "title")).hasSize(1);
        assertThat(Instant.parse(children(element, "updated").getFirst())).isNotNull();
      }
      assertThat(children(feed, "updated").getFirst())
          .as("the newest report")
          .isEqualTo(Samples.NOW.minusSeconds(1_925 - 1_320).toString());
    }
  }

  @Test
  void anEmptyFeedIsAFeed() {
    Document document = Html.xml(Editions.text(Editions.unmeasured().fresh(), "ja/feed.atom"));
    assertThat(Html.named(document, "entry")).isEmpty();
    assertThat(children(document.getDocumentElement(), "updated")).hasSize(1);
  }
}
