package hinomi.alertengine.storm;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.model.Labels;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What comes first when not all can: pages before notices, then by the label `priority` (`P1`, `2`
/// …), or else by `severity`.
public final class Urgency {
  private static final int LEAST = 100; // of what fires no longer
  private static final Pattern PRIORITY = Pattern.compile("[pP]?([0-9])");
  private static final List<List<String>> SEVERITIES =
      List.of(
          List.of("critical", "page", "emergency", "fatal", "disaster"),
          List.of("error", "major", "high"),
          List.of("warning", "warn", "minor", "average"),
          List.of("info", "notice", "low", "none"));

  /// The most urgent first.
  public static final Comparator<PageGroup> ORDER = order(group -> group.members().values());

  private Urgency() {}

  /// The most urgent first.
  ///
  /// @param alerts of a group that count
  public static Comparator<PageGroup> order(Function<PageGroup, Collection<Member>> alerts) {
    return Comparator.comparing((PageGroup group) -> !group.route().page())
        .thenComparingInt(group -> of(alerts.apply(group)));
  }

  /// Of the most urgent of alerts that fires; 0 is the most urgent.
  static int of(Collection<Member> alerts) {
    return alerts.stream()
        .filter(Member::isFiring)
        .mapToInt(member -> of(member.labels()))
        .min()
        .orElse(LEAST);
  }

  static int of(Labels alert) {
    Matcher priority = PRIORITY.matcher(alert.get("priority"));
    if (priority.matches()) {
      return Integer.parseInt(priority.group(1));
    }
    String severity = alert.get("severity").toLowerCase(Locale.ROOT);
    for (int i = 0; i < SEVERITIES.size(); i++) {
      if (SEVERITIES.get(i).contains(severity)) {
        return i + 1;
      }
    }
    return SEVERITIES.size();
  }
}
