package hinomi.alertengine.deliver.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hinomi.alertengine.deliver.Couriers;
import hinomi.alertengine.group.Gathered;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.oncall.Channel;
import hinomi.model.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Alertmanager's webhook payload, version 4 (docs/configuration, webhook_config), and under
/// `hinomi` what is ours alone.
final class WebhookPayload {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String NO_END = "0001-01-01T00:00:00Z";
  private static final int MAX_ALERTS = 500;

  private WebhookPayload() {}

  static byte[] write(Delivery delivery, Channel.Manner manner, String consoleUrl, String ackUrl) {
    Notification notification = delivery.notification();
    PageGroup group = notification.group();
    Collection<Member> members =
        group.members().values().stream()
            .filter(member -> member.isFiring() || manner.sendResolved())
            .toList();
    int most = manner.maxAlerts() == 0 ? MAX_ALERTS : Math.min(MAX_ALERTS, manner.maxAlerts());
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("receiver", receiver(delivery));
    payload.put("status", group.isFiring() ? "firing" : "resolved");
    payload.put(
        "alerts", members.stream().limit(most).map(member -> alert(member, consoleUrl)).toList());
    payload.put("groupLabels", group.route().labels().toMap());
    payload.put(
        "commonLabels", common(members.stream().map(member -> member.labels().toMap()).toList()));
    payload.put("commonAnnotations", common(members.stream().map(Member::annotations).toList()));
    payload.put("externalURL", consoleUrl);
    payload.put("version", "4");
    payload.put("groupKey", group.route().key());
    payload.put(
        "truncatedAlerts", Math.max(0, members.size() - most) + notification.besides().omitted());
    payload.put("notification_reason", notification.reason().word());
    payload.put("hinomi", ours(delivery, ackUrl));
    try {
      return JSON.writeValueAsBytes(payload);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: not writable: " + e.getMessage(), e);
    }
  }

  /// A receiver's webhook is told that receiver's name, our own channels their own.
  private static String receiver(Delivery delivery) {
    return delivery.target().startsWith(Couriers.HOOK + ":")
        ? delivery.notification().group().route().receiver()
        : Couriers.name(delivery.target());
  }

  private static Map<String, Object> alert(Member member, String consoleUrl) {
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("status", member.isFiring() ? "firing" : "resolved");
    alert.put("labels", member.labels().toMap());
    alert.put("annotations", member.annotations());
    alert.put("startsAt", member.startsAt().toString());
    alert.put("endsAt", member.isFiring() ? NO_END : member.endsAt().toString());
    alert.put(
        "generatorURL",
        member.isExternal()
            ? member.expression()
            : consoleUrl
                + "/graph?g0.expr="
                + URLEncoder.encode(member.expression(), StandardCharsets.UTF_8)
                + "&g0.tab=1");
    alert.put("fingerprint", member.fingerprint());
    return alert;
  }

  private static Map<String, Object> ours(Delivery delivery, String ackUrl) {
    Notification notification = delivery.notification();
    Map<String, Object> ours = new LinkedHashMap<>();
    ours.put("delivery", delivery.id());
    ours.put("group", delivery.groupId());
    ours.put("page", notification.group().route().page());
    ours.put("ladder", notification.group().route().ladder());
    ours.put("step", notification.step());
    ours.put("round", notification.group().climb().round());
    ours.put("target", delivery.target());
    ours.put("samplesArrivedAt", delivery.originAt().toString());
    ours.put("decidedAt", notification.at().toString());
    ours.put("acknowledgedBy", notification.group().acknowledgement().by());
    ours.put("acknowledgeUrl", ackUrl);
    if (notification.besides().gathered().isGiven()) {
      ours.put("storm", storm(notification.besides().gathered()));
    }
    if (notification.besides().causedCount() > 0) {
      ours.put("consequences", notification.besides().causedCount());
      ours.put(
          "consequenceLabels",
          notification.besides().caused().stream().map(Labels::toMap).toList());
    }
    return ours;
  }

  private static Map<String, Object> storm(Gathered gathered) {
    Map<String, Object> storm = new LinkedHashMap<>();
    storm.put("since", gathered.since().toString());
    storm.put("messages", gathered.messages());
    storm.put("firing", gathered.firing());
    storm.put("groups", gathered.groups());
    storm.put("resolved", gathered.resolved());
    storm.put(
        "causes",
        gathered.causes().stream()
            .map(cause ->
                Map.of(
                    "name", cause.name(),
                    "firing", cause.firing(),
                    "groups", cause.groups(),
                    "resolved", cause.resolved()))
            .toList());
    storm.put("moreCauses", gathered.moreCauses());
    return storm;
  }

  private static Map<String, String> common(List<Map<String, String>> maps) {
    if (maps.isEmpty()) {
      return Map.of();
    }
    Map<String, String> common = new TreeMap<>(maps.getFirst());
    for (Map<String, String> map : new ArrayList<>(maps)) {
      common.entrySet().removeIf(entry -> !entry.getValue().equals(map.get(entry.getKey())));
    }
    return common;
  }
}
