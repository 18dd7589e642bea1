package hinomi.alertengine.explain;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Decision;
import hinomi.alertengine.mute.Hours;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.route.MatcherText;
import hinomi.alertengine.route.Routing;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Missing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Answers why an alert was told, and why not, from what was decided, and for what never fired from
/// the tree as it is. Any thread; it reads the database.
public final class Explainer {
  /// What was decided longer before the time in question explains nothing.
  private static final Duration LOOK_BACK = Duration.ofDays(30);

  private static final int GROUPS = 500;
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern NAME = Pattern.compile("[^{}=~!\"]+");

  private final AlertJournal journal;
  private final Routing routing;
  private final Hours hours;
  private final Knowledge knowledge;

  /// What is known of alerts besides the records.
  ///
  /// @param muted what keeps an alert from being told at a time, besides the hours of a route
  /// @param pending since when an alert has been seen that does not fire yet
  public record Knowledge(
      BiFunction<Labels, Instant, Optional<Mute>> muted,
      Function<Labels, Optional<Instant>> pending) {}

  public Explainer(AlertJournal journal, Routing routing, Hours hours, Knowledge knowledge) {
    this.journal = journal;
    this.routing = routing;
    this.hours = hours;
    this.knowledge = knowledge;
  }

  /// The alerts that somebody asks about.
  ///
  /// @param wanted a fingerprint, a name, or matchers; those that are the very labels of an alert
  ///   of which something is kept mean that one alone
  /// @param most at most so many
  public List<Explanation> asked(String wanted, Instant at, int most) {
    if (FINGERPRINT.matcher(wanted).matches()) {
      return List.of(
          of(wanted, at)
              .orElseThrow(
                  () -> new Missing("no alert with the fingerprint " + wanted + " is kept")));
    }
    if (NAME.matcher(wanted).matches()) {
      return matching(List.of(Matcher.equal("alertname", wanted)), at, most);
    }
    List<Matcher> matchers = MatcherText.parse(wanted);
    if (matchers.stream().allMatch(matcher -> matcher.kind() == Matcher.Kind.EQUAL)) {
      Explanation exact = of(labels(matchers), at);
      if (!exact.decided().isEmpty() || exact.pendingSince().isPresent()) {
        return List.of(exact);
      }
    }
    return matching(matchers, at, most);
  }

  /// An alert by its fingerprint; empty when nothing is kept of it.
  public Optional<Explanation> of(String fingerprint, Instant at) {
    return about(fingerprint, at).stream()
        .filter(decision -> decision.kind() == Decision.Kind.ROUTED)
        .reduce((_, last) -> last)
        .map(routed -> of(labels(MatcherText.parse(routed.fact("alert"))), at));
  }

  /// An alert by its labels, whether it ever fired or not.
  public Explanation of(Labels alert, Instant at) {
    List<Decision> own = about("%016x".formatted(alert.fingerprint()), at);
    List<Decision> decided = newestFire(own);
    Set<String> groups = new LinkedHashSet<>();
    decided.forEach(decision -> groups.add(decision.group()));
    List<Decision> all = new ArrayList<>(decided);
    if (!decided.isEmpty()) {
      all.addAll(journal.decisions().ofGroups(groups, decided.getFirst().at(), at));
    }
    all.sort(Comparator.comparing(Decision::at));
    boolean fires =
        !decided.isEmpty()
            && decided.stream().noneMatch(decision -> decision.kind() == Decision.Kind.ENDED);
    return new Explanation(
        alert,
        at,
        fires,
        knowledge.pending().apply(alert).filter(since -> !since.isAfter(at)),
        all,
        new RouteWalk(routing, hours, alert, at).run(),
        knowledge.muted().apply(alert, at));
  }

  /// The alerts that fit, of those in open groups and in the latest; when none does, the labels
  /// that the matchers ask for, taken as an alert that never fired.
  public List<Explanation> matching(List<Matcher> matchers, Instant at, int most) {
    Set<Labels> alerts = new LinkedHashSet<>();
    List<PageGroup> groups = new ArrayList<>(journal.openGroups());
    groups.addAll(journal.latestGroups(GROUPS));
    for (PageGroup group : groups) {
      for (Member member : group.members().values()) {
        if (Matcher.allMatch(matchers, member.labels()) && alerts.size() < most) {
          alerts.add(member.labels());
        }
      }
    }
    if (alerts.isEmpty()) {
      alerts.add(
          labels(
              matchers.stream().filter(matcher -> matcher.kind() == Matcher.Kind.EQUAL).toList()));
    }
    return alerts.stream().map(alert -> of(alert, at)).toList();
  }

  private List<Decision> about(String fingerprint, Instant at) {
    return journal.decisions().ofAlert(fingerprint, at.minus(LOOK_BACK), at);
  }

  /// From the last time that the alert began to fire.
  private static List<Decision> newestFire(List<Decision> decisions) {
    int from = 0;
    boolean ended = false;
    for (int i = 0; i < decisions.size(); i++) {
      boolean routed = decisions.get(i).kind() == Decision.Kind.ROUTED;
      if (routed && ended) {
        from = i;
        ended = false;
      }
      ended |= decisions.get(i).kind() == Decision.Kind.ENDED;
    }
    return decisions.subList(from, decisions.size());
  }

  private static Labels labels(List<Matcher> equal) {
    Labels.Builder labels = Labels.builder();
    equal.forEach(matcher -> labels.set(matcher.name(), matcher.value()));
    return labels.build();
  }
}
