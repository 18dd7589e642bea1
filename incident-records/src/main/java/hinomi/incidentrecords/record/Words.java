package hinomi.incidentrecords.record;

import java.util.Locale;

/// How choices are written in JSON and in the timeline.
public final class Words {
  private Words() {}

  public static String of(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
