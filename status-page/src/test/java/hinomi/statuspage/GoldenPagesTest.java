package hinomi.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.statuspage.render.Edition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each kind of document as it was last looked at and found good. `-Dgolden.update=true` writes
/// them anew; the difference is then for a reviewer to read.
final class GoldenPagesTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  @TestFactory
  Stream<DynamicTest> documentsReadAsTheyWereApproved() {
    Edition incident = Editions.incident();
    Edition well = Editions.well();
    Edition unmeasured = Editions.unmeasured();
    return Stream.of(
        golden("incident-ja.html", Editions.text(incident.fresh(), "ja")),
        golden("incident-en.html", Editions.text(incident.fresh(), "en")),
        golden("incident-expired-ja.html", Editions.text(incident.expired(), "ja")),
        golden("well-ja.html", Editions.text(well.fresh(), "ja")),
        golden("unmeasured-en.html", Editions.text(unmeasured.fresh(), "en")),
        golden("component-ja.html", Editions.text(incident.fresh(), "ja/components/matching")),
        golden("past-incident-ja.html", Editions.text(well.fresh(), "ja/incidents/20261118-1")),
        golden("history-en.html", Editions.text(well.fresh(), "en/history")),
        golden("missing-ja.html", Editions.text(well.fresh(), "ja/404")),
        golden("feed-ja.atom", Editions.text(incident.fresh(), "ja/feed.atom")),
        golden("badge-ja.svg", Editions.text(incident.fresh(), "ja/badge/matching.svg")),
        golden("summary-en.json", Editions.text(incident.fresh(), "en/api/v2/summary.json")),
        golden("truth.json", Editions.text(incident.fresh(), "api/hinomi/v1/status")));
  }

  private static DynamicTest golden(String name, String document) {
    return DynamicTest.dynamicTest(name, () -> compare(FOLDER.resolve(name), normal(document)));
  }

  private static void compare(Path file, String document) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, document);
    }
    assertThat(document).isEqualTo(Files.readString(file));
  }

  /// Without the hashes of assets, and with the cells of bars left out: those have their own tests.
  private static String normal(String document) {
    return document
            .replaceAll("-[0-9a-f]{16}\\.(css|js)", "-HASH.$1")
            .replaceAll("(<svg class=\"bar\"[^>]*>).*?</svg>", "$1</svg>")
            .replaceAll("(<svg class=\"sign\"[^>]*>).*?</svg>", "$1</svg>")
            .replaceAll("\\},\\{", "},\n{")
            .stripTrailing()
        + "\n";
  }
}
