package hinomi.alertengine.escalate;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Besides;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Decision;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.GroupChange;
import hinomi.alertengine.mute.Mute;
import hinomi.alertengine.mute.Mutes;
import hinomi.alertengine.mute.Quiet;
import hinomi.alertengine.route.Receiver;
import hinomi.alertengine.route.RouteNode;
import hinomi.alertengine.route.Routing;
import hinomi.alertengine.storm.Gate;
import hinomi.alertengine.storm.Visit;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What follows from changes at one time: groups as they are after, messages, and why. Nothing of
/// it counts before it is written. One use, under the pager's lock.
final class Work {
  private static final Logger log = LoggerFactory.getLogger(Work.class);
  private static final int MAX_VERDICTS = 10;
  private static final int MAX_LISTED = 500; // alerts in one message

  private final Terms terms;
  private final Instant now;
  private final Map<String, PageGroup> groups = new LinkedHashMap<>(); // by id
  private final Map<String, Instant> due = new LinkedHashMap<>(); // by group's id
  private final Map<String, Map<String, Mute>> muted = new LinkedHashMap<>(); // by group, by member
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Delivery> bundled = new ArrayList<>();
  private final List<GroupChange> summaries = new ArrayList<>();
  private final Visit visit;
  private final List<Decision> decisions = new ArrayList<>();

  /// What is judged by.
  ///
  /// @param everywhere targets that are told of every group
  /// @param mutedBefore what was muted when it was judged last, by group, by member
  record Terms(
      Routing routing,
      Mutes mutes,
      Gate gate,
      List<String> everywhere,
      Map<String, Map<String, Mute>> mutedBefore) {}

  Work(Terms terms, Instant now) {
    this.terms = terms;
    this.now = now;
    this.visit = terms.gate().visit(now);
  }

  Instant now() {
    return now;
  }

  List<PageGroup> groups() {
    return List.copyOf(groups.values());
  }

  /// When a group is to be judged again.
  Instant due(PageGroup group) {
    return group.isOpen() ? due.getOrDefault(group.id(), NEVER) : NEVER;
  }

  /// What is muted now, of the groups where that was judged.
  Map<String, Map<String, Mute>> muted() {
    return muted;
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  /// Messages that go into summaries.
  List<Delivery> bundled() {
    return bundled;
  }

  /// What the gate has said of them.
  Visit visit() {
    return visit;
  }

  /// What is written of groups.
  ///
  /// @param open finds one as it was
  List<GroupChange> changes(Function<String, Optional<PageGroup>> open) {
    List<GroupChange> changes = new ArrayList<>(summaries);
    groups.forEach((id, group) -> changes.add(GroupChange.of(open.apply(id), group)));
    return changes;
  }

  /// A group that is no group of alerts is written, too.
  void also(GroupChange change) {
    summaries.add(change);
  }

  /// Adds the summaries that are due: the last step.
  ///
  /// @param open finds a group that has not changed
  void summarise(Function<String, Optional<PageGroup>> open) {
    Visit.Summaries due =
        visit.summaries(id -> Optional.ofNullable(groups.get(id)).or(() -> open.apply(id)));
    deliveries.addAll(due.deliveries());
    decisions.addAll(due.decisions());
    summaries.addAll(due.groups());
  }

  List<Decision> decisions() {
    return decisions;
  }

  void note(Decision decision) {
    decisions.add(decision);
  }

  /// Alerts of a group began to fire or were resolved.
  ///
  /// @param before the group as it was
  void changed(PageGroup before, PageGroup after, List<Member> members) {
    for (Member member : members) {
      boolean known = before.members().containsKey(member.key());
      if (member.isFiring()) {
        note(
            Decision.ofAlert(
                now,
                Decision.Kind.ROUTED,
                member.fingerprint(),
                after.id(),
                "node",
                after.route().node(),
                "receiver",
                after.route().receiver(),
                "labels",
                after.route().labels().toString(),
                "alert",
                member.labels().toString()));
      } else if (known) {
        note(Decision.ofAlert(now, Decision.Kind.ENDED, member.fingerprint(), after.id()));
      }
    }
    if (after.flushAt().isAfter(now)
        && !after.flushAt().equals(before.flushAt())
        && !after.flushAt().equals(NEVER)) {
      note(
          Decision.ofGroup(
              now,
              Decision.Kind.WAITING,
              after.id(),
              "until",
              after.flushAt().toString(),
              "why",
              after.flushedAt().equals(NEVER) ? "group_wait" : "group_interval"));
    }
    advance(after);
  }

  /// Asks [Escalation] until it says wait.
  void advance(PageGroup changed) {
    RouteNode.Terms route = terms.routing().terms(changed.route());
    Quiet quiet = terms.mutes().at(route.muteDuring(), route.activeDuring(), now);
    Escalation escalation =
        new Escalation(terms.routing().ladder(changed.route()), route.times(), quiet);
    PageGroup group = changed;
    for (int i = 0; i < MAX_VERDICTS; i++) {
      switch (escalation.judge(group, now)) {
        case Verdict.Wait wait -> {
          groups.put(group.id(), group);
          due.put(group.id(), wait.until());
          return;
        }
        case Verdict.Close close -> {
          group = close.after();
          note(Decision.ofGroup(now, Decision.Kind.CLOSED_UNTOLD, group.id()));
        }
        case Verdict.Swallow swallow -> {
          group = swallow.after();
          note(
              Decision.ofGroup(
                  now, Decision.Kind.SWALLOWED, group.id(), "receiver", group.route().receiver()));
        }
        case Verdict.Hold hold -> {
          group = hold.after();
          muted(hold.hearing());
        }
        case Verdict.Tell tell -> {
          group = tell.after();
          muted(tell.hearing());
          deliver(tell);
        }
      }
    }
    throw new IllegalStateException("BUG: no end of verdicts for group " + group.id());
  }

  /// Notes what is muted and was not, or otherwise, and what was and is not.
  private void muted(Hearing hearing) {
    String id = hearing.group().id();
    Map<String, Mute> before =
        muted.getOrDefault(id, terms.mutedBefore().getOrDefault(id, Map.of()));
    hearing
        .muted()
        .forEach((key, mute) -> {
          if (!mute.equals(before.get(key))) {
            note(
                Decision.ofAlert(
                    now,
                    Decision.Kind.MUTED,
                    fingerprint(hearing, key),
                    id,
                    "why",
                    mute.word(),
                    "by",
                    mute.by(),
                    "until",
                    mute.until().equals(NEVER) ? "" : mute.until().toString(),
                    "rule",
                    rule(mute),
                    "owner",
                    mute instanceof Mute.Silenced silenced ? silenced.owner() : "",
                    "comment",
                    mute instanceof Mute.Silenced silenced ? silenced.comment() : ""));
          }
        });
    for (String key : hearing.audible()) {
      if (before.containsKey(key)) {
        note(Decision.ofAlert(now, Decision.Kind.UNMUTED, fingerprint(hearing, key), id));
      }
    }
    muted.put(id, hearing.muted());
  }

  private static String rule(Mute mute) {
    return mute instanceof Mute.Inhibited inhibited
        ? inhibited.rule()
        : mute instanceof Mute.CausedBy caused ? caused.upstream() : "";
  }

  private static String fingerprint(Hearing hearing, String key) {
    Member member = hearing.group().members().get(key);
    return member == null ? "" : member.fingerprint();
  }

  private void deliver(Verdict.Tell tell) {
    PageGroup group = tell.after();
    Reason reason = tell.notification().reason();
    Notification told = besides(tell.notification()).listing(MAX_LISTED);
    List<String> targets = targets(tell, terms.routing().receiver(group.route()));
    List<String> alone = new ArrayList<>();
    List<String> together = new ArrayList<>();
    for (String target : targets) {
      Delivery delivery =
          new Delivery(
              UUID.randomUUID().toString(),
              group.id(),
              target,
              Delivery.State.PENDING,
              now,
              0,
              now,
              reason == Reason.ESCALATED ? now : group.origin().at(),
              group.origin().traceparent(),
              told);
      boolean passes = visit.passes(target, told);
      (passes ? deliveries : bundled).add(delivery);
      (passes ? alone : together).add(target);
    }
    if (!together.isEmpty()) {
      note(decision(Decision.Kind.BUNDLED, tell, together));
    }
    if (together.isEmpty() || !alone.isEmpty()) {
      note(decision(Decision.Kind.TOLD, tell, alone));
      log.atInfo()
          .addKeyValue("group", group.id())
          .addKeyValue("key", group.route().key())
          .addKeyValue("reason", reason.word())
          .addKeyValue("targets", alone)
          .log("telling");
    }
    if (!group.isOpen()) {
      note(Decision.ofGroup(now, Decision.Kind.CLOSED, group.id()));
    }
  }

  private Decision decision(Decision.Kind kind, Verdict.Tell tell, List<String> targets) {
    return Decision.ofGroup(
        now,
        kind,
        tell.after().id(),
        "reason",
        tell.notification().reason().word(),
        "targets",
        String.join(" ", targets),
        "step",
        Integer.toString(tell.notification().step()),
        "alerts",
        Decision.alerts(
            tell.notification().group().members().values().stream()
                .map(Member::fingerprint)
                .toList()));
  }

  /// The alerts that are held back because of these are a line in their message.
  private Notification besides(Notification notification) {
    List<Labels> held =
        terms
            .mutes()
            .consequences(
                notification.group().members().values().stream()
                    .filter(Member::isFiring)
                    .map(Member::labels)
                    .collect(Collectors.toSet()),
                now);
    return held.isEmpty() ? notification : notification.saying(Besides.causing(held));
  }

  private List<String> targets(Verdict.Tell tell, Receiver receiver) {
    Reason reason = tell.notification().reason();
    boolean ofEnds = reason == Reason.RESOLVED || reason == Reason.PARTLY_RESOLVED;
    List<String> targets = new ArrayList<>(tell.targets());
    if (ofEnds) {
      targets.removeAll(receiver.firingOnly());
    }
    targets.addAll(terms.everywhere());
    return targets.stream().distinct().toList();
  }
}
