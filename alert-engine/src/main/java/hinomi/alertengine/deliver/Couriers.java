package hinomi.alertengine.deliver;

import hinomi.alertengine.journal.Delivery;
import java.util.Map;

/// Chooses the courier by the kind of a delivery's target.
///
/// @param byKind `person`, `channel`, `webhook`, `hook` and `mail`
public record Couriers(Map<String, Courier> byKind) implements Courier {
  /// The target that stands for `delivery.webhook.url`.
  public static final String WEBHOOK = "webhook";

  /// The kind of a receiver's webhook, and of a mail address without a person.
  public static final String HOOK = "hook";

  public static final String MAIL = "mail";

  public Couriers {
    byKind = Map.copyOf(byKind);
  }

  @Override
  public Outcome carry(Delivery delivery) {
    Courier courier = byKind.get(kind(delivery.target()));
    return courier == null
        ? new Outcome.Refused("no way to reach " + delivery.target() + " is configured any more")
        : courier.carry(delivery);
  }

  /// `person` of `person:sato`; also the tag of metrics.
  static String kind(String target) {
    int colon = target.indexOf(':');
    return colon < 0 ? target : target.substring(0, colon);
  }

  /// `sato` of `person:sato`.
  public static String name(String target) {
    return target.substring(target.indexOf(':') + 1);
  }
}
