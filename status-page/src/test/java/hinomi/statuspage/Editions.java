package hinomi.statuspage;

import hinomi.model.Condition;
import hinomi.statuspage.render.Edition;
import hinomi.statuspage.render.Press;
import hinomi.statuspage.render.Sheet;
import hinomi.statuspage.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The sample situations, printed.
final class Editions {
  private Editions() {}

  private static final Edition WELL = print(Condition.UP, false);
  private static final Edition INCIDENT = print(Condition.DOWN, true);
  private static final Edition UNMEASURED =
      new Press(Samples.identity())
          .print(
              Snapshot.of(
                  Samples.NOW, 1, Samples.components(Samples.NOW, Condition.UNKNOWN), List.of()));

  static Edition well() {
    return WELL;
  }

  static Edition incident() {
    return INCIDENT;
  }

  /// Before the first measurement.
  static Edition unmeasured() {
    return UNMEASURED;
  }

  private static Edition print(Condition trading, boolean open) {
    return new Press(Samples.identity())
        .print(
            Snapshot.of(
                Samples.NOW,
                1,
                Samples.components(Samples.NOW, trading),
                Samples.incidents(Samples.NOW, open)));
  }

  static String text(Map<String, Sheet> sheets, String address) {
    Sheet sheet = sheets.get(address);
    if (sheet == null) {
      throw new AssertionError("nothing at " + address);
    }
    return new String(sheet.bytes(), StandardCharsets.UTF_8);
  }
}
