package hinomi.alertengine.storm;

import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.oncall.Person;

/// What is counted together: all pages of a target, or all its notices. A flood of notices does not
/// hold up a page. A mail address of somebody on call is that person.
record Lane(String target, boolean page) {
  static Lane of(String target, boolean page, OnCall onCall) {
    String address = target.startsWith("mail:") ? target.substring("mail:".length()) : "";
    return new Lane(
        onCall.people().values().stream()
            .filter(person -> !address.isEmpty() && person.mail().equalsIgnoreCase(address))
            .map(Person::id)
            .sorted()
            .findFirst()
            .map(id -> "person:" + id)
            .orElse(target),
        page);
  }

  boolean isPerson() {
    return target.startsWith("person:") || target.startsWith("mail:");
  }

  /// A channel of a ladder, or a receiver's webhook. `delivery.webhook` is neither: it is a machine
  /// that is told of every group.
  boolean isWebhook() {
    return target.startsWith("channel:") || target.startsWith("hook:");
  }

  String key() {
    return target + (page ? "/page" : "/notice");
  }
}
