package hinomi.alertengine.http;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Acknowledgement;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.journal.OutboxTable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A group as our API shows it: alerts, place on the ladder, every delivery with its attempts.
final class GroupShape {
  private GroupShape() {}

  static Map<String, Object> of(PageGroup group, AlertJournal journal) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("id", group.id());
    shape.put("key", group.route().key());
    shape.put("state", state(group));
    shape.put("page", group.route().page());
    shape.put("ladder", group.route().ladder());
    shape.put("labels", group.route().labels().toMap());
    shape.put("openedAt", group.openedAt().toString());
    put(shape, "closedAt", group.closedAt());
    shape.put("round", group.climb().round());
    shape.put("step", group.climb().step());
    put(shape, "nextStepAt", group.climb().stepAt());
    put(shape, "remindAt", group.climb().remindAt());
    shape.put("told", group.climb().reached());
    Acknowledgement acknowledgement = group.acknowledgement();
    if (acknowledgement.isGiven()) {
      shape.put(
          "acknowledgement",
          Map.of(
              "by", acknowledgement.by(),
              "note", acknowledgement.note(),
              "at", acknowledgement.at().toString()));
    }
    shape.put("alerts", group.members().values().stream().map(GroupShape::alert).toList());
    OutboxTable outbox = journal.outbox();
    shape.put(
        "deliveries", outbox.ofGroup(group.id()).stream().map(d -> delivery(d, outbox)).toList());
    return shape;
  }

  private static String state(PageGroup group) {
    if (!group.isOpen() && !group.isSummary()) {
      return "resolved";
    }
    return group.acknowledgement().isGiven()
        ? "acknowledged"
        : group.isSummary() ? "summary" : "firing";
  }

  private static Map<String, Object> alert(Member member) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("rule", member.rule());
    shape.put("fingerprint", member.fingerprint());
    shape.put("status", member.isFiring() ? "firing" : "resolved");
    shape.put("labels", member.labels().toMap());
    shape.put("annotations", member.annotations());
    shape.put("startsAt", member.startsAt().toString());
    put(shape, "endsAt", member.endsAt());
    if (member.flapping().isGiven()) {
      shape.put(
          "flapping",
          Map.of(
              "changes", member.flapping().changes(),
              "since", member.flapping().since().toString()));
    }
    return shape;
  }

  private static Map<String, Object> delivery(Delivery delivery, OutboxTable outbox) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("id", delivery.id());
    shape.put("target", delivery.target());
    shape.put("reason", delivery.notification().reason().word());
    shape.put("step", delivery.notification().step());
    shape.put("state", delivery.state().name().toLowerCase(Locale.ROOT));
    shape.put("samplesArrivedAt", delivery.originAt().toString());
    shape.put("createdAt", delivery.createdAt().toString());
    List<Map<String, Object>> attempts =
        outbox.attempts(delivery.id()).stream().map(GroupShape::attempt).toList();
    shape.put("attempts", attempts);
    return shape;
  }

  private static Map<String, Object> attempt(Delivery.Attempt attempt) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("number", attempt.number());
    shape.put("startedAt", attempt.startedAt().toString());
    shape.put("endedAt", attempt.endedAt().toString());
    shape.put("outcome", attempt.outcome().toLowerCase(Locale.ROOT));
    shape.put("detail", attempt.detail());
    return shape;
  }

  private static void put(Map<String, Object> shape, String key, Instant at) {
    if (!at.equals(NEVER)) {
      shape.put(key, at.toString());
    }
  }
}
