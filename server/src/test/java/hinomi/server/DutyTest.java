package hinomi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Schedules stand in the files of the people on call, and are taken up with them.
final class DutyTest {
  private static final String SCHEDULE =
      """
      schedules:
        - id: trading
          zone: Asia/Tokyo
          layers: [{id: all, from: 2026-01-05T09:00, every: week, people: [%s]}]
      """;

  @TempDir Path top;

  @Test
  void whoIsOnDutyIsAskedAndTakenUpWithAReload() {
    Site site = Site.small(top).with("oncall/schedules.yaml", SCHEDULE.formatted("sato"));
    try (Running app = new Running(site.read())) {
      String path = app.web() + "/api/hinomi/v1/schedules/trading/at";
      assertThat(app.get(path).body()).contains("\"person\":\"sato\"");
      site.with("oncall/schedules.yaml", SCHEDULE.formatted("none"));
      assertThat(app.post(app.web() + "/-/reload", "text/plain", "").status()).isEqualTo(200);
      assertThat(app.get(path).body()).contains("\"kind\":\"gap\"");
      site.with("oncall/schedules.yaml", SCHEDULE.formatted("satou"));
      assertThat(app.post(app.web() + "/-/reload", "text/plain", "").body())
          .contains("no person has the id \"satou\", did you mean \"sato\"?");
      assertThat(app.get(path).body()).contains("\"kind\":\"gap\"");
    }
  }
}
