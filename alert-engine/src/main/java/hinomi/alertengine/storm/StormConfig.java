package hinomi.alertengine.storm;

import hinomi.settings.Section;
import java.time.Duration;

/// Key `storm` of the section `alerting`.
///
/// @param pages how many messages a person gets within a time, pages and notices counted apart; 0:
///   as many as there are
/// @param webhooks the same for channels and webhooks of receivers; 0: as many as there are
/// @param causes how many first pages of a cause leave by themselves within that time in a storm
/// @param within the time
/// @param summary the longest time between two summaries
public record StormConfig(int pages, int webhooks, int causes, Duration within, Duration summary) {
  /// Everybody is told of everything.
  public static final StormConfig OFF =
      new StormConfig(0, 0, 0, Duration.ofMinutes(5), Duration.ofMinutes(5));

  private static final int MOST = 100_000;

  /// Reads the key, with a cap that a night with a failure or two does not reach.
  public static StormConfig from(Section alerting) {
    Section storm = alerting.section("storm");
    return new StormConfig(
        storm.number("pages", 20, 0, MOST),
        storm.number("webhooks", 600, 0, MOST),
        storm.number("causes", 20, 0, MOST),
        positive(storm, "within"),
        positive(storm, "summary"));
  }

  private static Duration positive(Section section, String key) {
    Duration otherwise = Duration.ofMinutes(5);
    Duration value = section.duration(key, otherwise);
    if (value.compareTo(Duration.ofSeconds(1)) < 0) {
      section.mistake(key, "expected a second or more");
      return otherwise;
    }
    return value;
  }
}
