package hinomi.alertengine.deliver;

import hinomi.alertengine.ConsoleAddress;
import hinomi.alertengine.journal.Delivery;

/// Writes acknowledgement links into messages.
public record AckLinks(AckTokens tokens, ConsoleAddress console) {
  /// Empty when the console's address is unknown or there is nothing to acknowledge.
  public String url(Delivery delivery) {
    String base = console.url();
    if (base.isEmpty()
        || delivery.notification().isResolved()
        || !delivery.notification().group().route().page()
        || (delivery.notification().reason().isSummary()
            && !delivery.notification().group().isFiring())) {
      return "";
    }
    AckTokens.Claim claim =
        new AckTokens.Claim(
            delivery.groupId(), delivery.notification().group().climb().round(), delivery.target());
    return base + "/ack/" + tokens.sign(claim, delivery.notification().at());
  }
}
