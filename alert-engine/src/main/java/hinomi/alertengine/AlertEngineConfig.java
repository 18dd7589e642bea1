package hinomi.alertengine;

import hinomi.alertengine.deliver.DeliveryConfig;
import hinomi.alertengine.external.ExternalConfig;
import hinomi.alertengine.noise.NoiseConfig;
import hinomi.alertengine.route.PageTimes;
import hinomi.alertengine.silence.SilenceConfig;
import hinomi.settings.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Sections `alerting` and `delivery`.
///
/// @param rules folder of rule files
/// @param onCall folder of on-call files
/// @param calendars folder of trading calendars
/// @param alertmanagerFile the routing tree; without the file the ladders alone say who is told
/// @param importUndeliverable whether receivers there that we cannot deliver to are no mistake
/// @param maintenance folder of files that announce planned work
/// @param decisionsRetention how long it is kept why alerts were told, or not
/// @param interval between evaluations of a group that names none
/// @param groupBy labels that split alerts into groups
/// @param page times of what wakes people
/// @param notice times of all else
/// @param holdWithoutData how long an alert fires on when all its data is gone
/// @param externalUrl of the console; empty means what [ConsoleAddress] says
public record AlertEngineConfig(
    Path rules,
    Path onCall,
    Path calendars,
    Path alertmanagerFile,
    boolean importUndeliverable,
    Path maintenance,
    Duration decisionsRetention,
    Duration interval,
    List<String> groupBy,
    PageTimes page,
    PageTimes notice,
    Duration holdWithoutData,
    String externalUrl,
    SilenceConfig silences,
    NoiseConfig noise,
    ExternalConfig external,
    DeliveryConfig delivery) {
  /// @param config the configuration's folder, with `rules/`, `oncall/` and `calendars/`
  /// @param data where `mailbox/` goes when no mail server is configured
  public static AlertEngineConfig from(Section alerting, Section delivery, Path config, Path data) {
    List<String> groupBy = alerting.texts("group-by");
    Duration repeat = alerting.duration("repeat-interval", Duration.ofHours(4));
    Duration noticeInterval = alerting.duration("notice-group-interval", Duration.ofMinutes(5));
    return new AlertEngineConfig(
        config.resolve("rules"),
        config.resolve("oncall"),
        config.resolve("calendars"),
        alertmanagerFile(alerting, config),
        alerting.choice("import-undeliverable", Undeliverable.REFUSE, Undeliverable.class)
            == Undeliverable.WARN,
        config.resolve("maintenance"),
        positive(alerting, "decisions-retention", Duration.ofDays(30)),
        positive(alerting, "interval", Duration.ofSeconds(15)),
        groupBy.isEmpty() ? List.of("alertname", "component") : groupBy,
        new PageTimes(
            alerting.duration("group-wait", Duration.ZERO),
            // Within this and the second between evaluations a page is promised in five seconds.
            alerting.duration("group-interval", Duration.ofSeconds(3)),
            noticeInterval,
            repeat),
        new PageTimes(
            alerting.duration("notice-group-wait", Duration.ofSeconds(30)),
            noticeInterval,
            noticeInterval,
            repeat),
        alerting.duration("hold-without-data", Duration.ofHours(1)),
        alerting.text("external-url", ""),
        SilenceConfig.from(alerting),
        NoiseConfig.from(alerting),
        ExternalConfig.from(alerting),
        DeliveryConfig.from(delivery, data.resolve("mailbox")));
  }

  /// What to do about receivers that we cannot deliver to.
  private enum Undeliverable {
    REFUSE,
    WARN
  }

  private static Path alertmanagerFile(Section alerting, Path config) {
    String name = alerting.text("alertmanager-file", "");
    Path file = config.resolve(name.isEmpty() ? "alertmanager.yml" : name);
    if (!name.isEmpty() && !Files.exists(file)) {
      alerting.mistake("alertmanager-file", "there is no file " + file);
    }
    return file;
  }

  private static Duration positive(Section section, String key, Duration otherwise) {
    Duration value = section.duration(key, otherwise);
    if (value.isZero()) {
      section.mistake(key, "expected a duration above zero");
      return otherwise;
    }
    return value;
  }
}
