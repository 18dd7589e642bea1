package hinomi.alertengine.alertmanager;

import hinomi.alertengine.oncall.Channel;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.Receiver;
import hinomi.settings.DidYouMean;
import hinomi.settings.Section;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads receivers: mails and webhooks, and our own `hinomi_configs: [{ladder: NAME}]`. A receiver
/// that has none of these and the name of a ladder climbs that ladder.
final class ReceiverReader {
  private static final URI NO_URL = URI.create("http://invalid/");
  private static final int NO_LIMIT = 0;

  /// What Alertmanager can do and we cannot.
  private static final List<String> UNDELIVERABLE =
      List.of(
          "discord_configs",
          "incidentio_configs",
          "jira_configs",
          "mattermost_configs",
          "msteams_configs",
          "msteamsv2_configs",
          "opsgenie_configs",
          "pagerduty_configs",
          "pushover_configs",
          "rocketchat_configs",
          "slack_configs",
          "sns_configs",
          "telegram_configs",
          "victorops_configs",
          "webex_configs",
          "wechat_configs");

  private final OnCall onCall;
  private final HttpReader http;
  private final boolean allowUndeliverable;
  private final List<String> notes;
  private final Map<String, Receiver> receivers = new LinkedHashMap<>();
  private final Map<String, Channel> hooks = new LinkedHashMap<>();

  ReceiverReader(OnCall onCall, HttpReader http, boolean allowUndeliverable, List<String> notes) {
    this.onCall = onCall;
    this.http = http;
    this.allowUndeliverable = allowUndeliverable;
    this.notes = notes;
  }

  Map<String, Receiver> receivers() {
    return receivers;
  }

  Map<String, Channel> hooks() {
    return hooks;
  }

  void read(Section section) {
    String name = section.text("name");
    Set<String> targets = new LinkedHashSet<>();
    Set<String> firingOnly = new HashSet<>();
    section.sections("email_configs").forEach(mail -> mail(mail, targets, firingOnly));
    int number = 0;
    for (Section webhook : section.sections("webhook_configs")) {
      String target = "hook:" + name + "/" + number++;
      targets.add(target);
      hook(webhook, target, firingOnly);
    }
    if (section.has("labels")) {
      section.pass("labels");
      notes.add(
          section.file()
              + ":"
              + section.line("labels")
              + ": labels: receivers are found by their names alone");
    }
    String ladder = ladder(section, firingOnly);
    undeliverable(section, !targets.isEmpty() || !ladder.isEmpty());
    boolean own = !ladder.isEmpty();
    if (!own
        && targets.isEmpty()
        && !hasUndeliverable(section)
        && onCall.ladders().containsKey(name)) {
      ladder = name;
    }
    Receiver receiver =
        new Receiver(name, ladder, !ladder.isEmpty(), List.copyOf(targets), firingOnly);
    if (receivers.put(name, receiver) != null) {
      section.mistake("name", "the receiver \"" + name + "\" is given twice");
    }
  }

  private static boolean hasUndeliverable(Section section) {
    return UNDELIVERABLE.stream().anyMatch(section::has);
  }

  private void undeliverable(Section section, boolean hasOther) {
    for (String key : UNDELIVERABLE) {
      if (!section.has(key)) {
        continue;
      }
      section.pass(key);
      String kind = key.substring(0, key.indexOf('_'));
      if (hasOther || allowUndeliverable) {
        notes.add(
            section.file()
                + ":"
                + section.line(key)
                + ": "
                + key
                + ": we cannot deliver to "
                + kind
                + "; the receiver's other ways are used");
      } else {
        section.mistake(
            key,
            "we cannot deliver to "
                + kind
                + ", and the receiver has no other way: add webhook_configs, email_configs or"
                + " hinomi_configs: [{ladder: "
                + OnCall.DEFAULT
                + "}], or write alerting.import-undeliverable: warn to have its alerts told to"
                + " nobody");
      }
    }
  }

  private String ladder(Section section, Set<String> firingOnly) {
    List<Section> own = section.sections("hinomi_configs");
    if (own.size() > 1) {
      own.get(1)
          .mistake(
              "ladder", "a receiver climbs one ladder; use a second route with continue: true");
    }
    String ladder = "";
    for (Section config : own) {
      String wanted = config.text("ladder");
      if (!onCall.ladders().containsKey(wanted)) {
        config.mistake(
            "ladder",
            "no ladder has the id \""
                + wanted
                + "\""
                + DidYouMean.hint(wanted, onCall.ladders().keySet()));
      } else {
        ladder = wanted;
      }
      if (!config.flag("send_resolved", true) && !ladder.isEmpty()) {
        onCall.ladder(ladder).steps().forEach(step -> firingOnly.addAll(step.targets()));
      }
    }
    return ladder;
  }

  private void mail(Section mail, Set<String> targets, Set<String> firingOnly) {
    List<String> addresses = new ArrayList<>();
    for (String part : mail.text("to").split(",")) {
      String address = part.strip();
      if (address.contains("<") && address.endsWith(">")) {
        address = address.substring(address.indexOf('<') + 1, address.length() - 1);
      }
      if (!address.matches("[^@\\s<>,;\"]+@[^@\\s<>,;\"]+")) {
        mail.mistake("to", "expected mail addresses, got \"" + part.strip() + "\"");
      } else {
        addresses.add("mail:" + address);
      }
    }
    targets.addAll(addresses);
    if (!mail.flag("send_resolved", false)) {
      firingOnly.addAll(addresses);
    }
    ignored(
        mail,
        List.of(
            "from",
            "smarthost",
            "hello",
            "auth_username",
            "auth_password",
            "auth_password_file",
            "auth_secret",
            "auth_secret_file",
            "auth_identity",
            "require_tls",
            "tls_config",
            "html",
            "text",
            "headers",
            "threading",
            "force_implicit_tls"));
  }

  private void ignored(Section section, List<String> keys) {
    for (String key : keys) {
      if (section.has(key)) {
        section.pass(key);
        notes.add(section.file() + ":" + section.line(key) + ": " + key + ": has no effect here");
      }
    }
  }

  private void hook(Section webhook, String target, Set<String> firingOnly) {
    URI url =
        webhook.has("url_file")
            ? URI.create(HttpReader.file(webhook, "url_file", NO_URL.toString()))
            : webhook.url("url").orElse(NO_URL);
    if (webhook.has("url") == webhook.has("url_file")) {
      webhook.mistake(
          webhook.has("url") ? "url_file" : "url",
          webhook.has("url") ? "url is given too: one of them" : "is missing");
    }
    boolean sendResolved = webhook.flag("send_resolved", true);
    if (!sendResolved) {
      firingOnly.add(target);
    }
    hooks.put(
        target,
        new Channel(
            target,
            url,
            "",
            new Channel.Manner(
                http.read(webhook.section("http_config")),
                webhook.duration("timeout", Duration.ZERO),
                sendResolved,
                webhook.number("max_alerts", NO_LIMIT, 0, Integer.MAX_VALUE))));
    ignored(webhook, List.of("payload"));
  }
}
