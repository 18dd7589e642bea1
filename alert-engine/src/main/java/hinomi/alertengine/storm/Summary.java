package hinomi.alertengine.storm;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Acknowledgement;
import hinomi.alertengine.group.Besides;
import hinomi.alertengine.group.Climb;
import hinomi.alertengine.group.Gathered;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Decision;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.route.Route;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Puts together one summary: how many alerts there are of which cause, the most urgent first, and
/// some of them by name. One use: add all, then take the results.
final class Summary {
  private static final int MAX_CAUSES = 20;
  private static final int LISTED_TO_PEOPLE = 50;
  private static final int LISTED_TO_OTHERS = 500;

  private final Tide tide;
  private final boolean over;
  private final Instant now;
  private final int number;
  private final Map<String, Pile> piles = new LinkedHashMap<>(); // by cause
  private final List<Decision> decisions = new ArrayList<>();
  private Storm storm;

  /// The alerts of a cause that fire.
  private static final class Pile {
    final Deque<Member> some = new ArrayDeque<>();
    int firing;
    int groups;
    int urgency = Integer.MAX_VALUE;
  }

  Summary(Tide tide, boolean over, Instant now) {
    this.tide = tide;
    this.over = over;
    this.now = now;
    this.storm = tide.storm();
    this.number = storm.summaries() + 1;
  }

  /// @param group as it is by now; none when it is closed
  /// @return what is left of it in the bundle
  Optional<Bundled> add(Bundled one, Optional<PageGroup> group) {
    Optional<PageGroup> open = group.filter(PageGroup::isOpen);
    List<Member> firing = open.map(Summary::heard).orElse(List.of());
    int still =
        Math.toIntExact(
            open.stream()
                .flatMap(known -> known.members().values().stream())
                .filter(Member::isFiring)
                .count());
    if (one.alerts() > still) {
      storm = storm.over(one.cause(), one.alerts() - still);
    }
    if (!firing.isEmpty()) {
      pile(one.cause(), firing, Urgency.of(firing));
    }
    if (!one.told()) {
      decisions.add(decision(one, firing));
    }
    return open.map(_ -> one.toldIn(number, still));
  }

  /// What is muted is not told here either.
  private static List<Member> heard(PageGroup group) {
    return group.members().values().stream()
        .filter(Member::isFiring)
        .filter(
            member -> member.told() == Member.Told.FIRING || member.told() == Member.Told.CHANGED)
        .toList();
  }

  private void pile(String cause, List<Member> firing, int urgency) {
    Pile pile = piles.computeIfAbsent(cause, _ -> new Pile());
    pile.firing += firing.size();
    pile.groups++;
    pile.urgency = Math.min(pile.urgency, urgency);
    firing.stream().limit(LISTED_TO_OTHERS - pile.some.size()).forEach(pile.some::add);
  }

  private Decision decision(Bundled one, List<Member> firing) {
    return Decision.ofGroup(
        now,
        Decision.Kind.TOLD,
        one.group(),
        "reason",
        reason().word(),
        "targets",
        tide.lane().target(),
        "step",
        Integer.toString(number),
        "alerts",
        firing.isEmpty()
            ? Decision.MORE
            : Decision.alerts(firing.stream().map(Member::fingerprint).toList()));
  }

  private Reason reason() {
    return over ? Reason.STORM_OVER : Reason.STORM;
  }

  List<Decision> decisions() {
    return decisions;
  }

  Tide after() {
    Storm told = storm.told(now);
    return over
        ? new Tide(tide.lane(), tide.wanted(), Window.EMPTY, tide.causes(), Storm.NONE, tide.last())
        : tide.with(told);
  }

  Delivery delivery() {
    PageGroup group = shown();
    int firing = piles.values().stream().mapToInt(pile -> pile.firing).sum();
    return new Delivery(
        UUID.randomUUID().toString(),
        storm.id(),
        tide.lane().target(),
        Delivery.State.PENDING,
        now,
        0,
        now,
        now,
        "",
        new Notification(
            group,
            reason(),
            number,
            now,
            Besides.gathering(gathered(firing), firing - group.members().size())));
  }

  private Gathered gathered(int firing) {
    Map<String, Pile> all = new LinkedHashMap<>(piles);
    storm.resolved().keySet().forEach(cause -> all.putIfAbsent(cause, new Pile()));
    List<Gathered.Cause> causes =
        all.entrySet().stream()
            .sorted(
                Map.Entry.<String, Pile>comparingByValue(order())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(entry ->
                new Gathered.Cause(
                    entry.getKey(),
                    entry.getValue().firing,
                    entry.getValue().groups,
                    storm.resolved().getOrDefault(entry.getKey(), 0)))
            .toList();
    return new Gathered(
        storm.since(),
        storm.bundled(),
        firing,
        piles.values().stream().mapToInt(pile -> pile.groups).sum(),
        storm.resolved().values().stream().mapToInt(Integer::intValue).sum(),
        causes.subList(0, Math.min(MAX_CAUSES, causes.size())),
        Math.max(0, causes.size() - MAX_CAUSES));
  }

  private static Comparator<Pile> order() {
    return Comparator.comparingInt((Pile pile) -> pile.urgency)
        .thenComparing(pile -> pile.firing, Comparator.reverseOrder());
  }

  /// The group that the summary seems to be about: one alert of each cause, then the next of each.
  private PageGroup shown() {
    int most = tide.lane().isPerson() ? LISTED_TO_PEOPLE : LISTED_TO_OTHERS;
    List<Deque<Member>> left =
        new ArrayList<>(
            piles.values().stream()
                .sorted(order())
                .map(pile -> (Deque<Member>) new ArrayDeque<>(pile.some))
                .toList());
    Map<String, Member> members = new LinkedHashMap<>();
    while (members.size() < most && !left.isEmpty()) {
      left.removeIf(Deque::isEmpty);
      for (Deque<Member> pile : left) {
        if (members.size() < most && !pile.isEmpty()) {
          Member member = pile.removeFirst();
          members.put(member.key(), member);
        }
      }
    }
    return group().with(members);
  }

  /// As it is kept, for its deliveries and acknowledgement: closed, for it is no group of alerts.
  PageGroup group() {
    String target = tide.lane().target();
    String receiver =
        target.startsWith("hook:")
            ? target.substring(
                "hook:".length(), Math.max("hook:".length(), target.lastIndexOf('/')))
            : "storm";
    Route route =
        new Route(
            tide.lane().page(), "", Labels.of("storm", storm.id()), PageGroup.SUMMARY, receiver);
    return new PageGroup(
        storm.id(),
        route,
        storm.since(),
        Map.of(),
        NEVER,
        now,
        new Climb(number, 0, NEVER, NEVER, List.of(target)),
        Acknowledgement.NONE,
        now,
        new PageGroup.Origin(now, ""));
  }
}
