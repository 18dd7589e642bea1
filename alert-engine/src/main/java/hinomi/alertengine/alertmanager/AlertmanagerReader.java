package hinomi.alertengine.alertmanager;

import hinomi.alertengine.deliver.mail.SmtpConfig;
import hinomi.alertengine.external.ExternalConfig;
import hinomi.alertengine.mute.InhibitRule;
import hinomi.alertengine.mute.TimeInterval;
import hinomi.alertengine.mute.TimeIntervalReader;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.MatchersReader;
import hinomi.alertengine.route.PageTimes;
import hinomi.alertengine.route.RouteNode;
import hinomi.alertengine.route.RouteReader;
import hinomi.model.Matcher;
import hinomi.settings.Mistakes;
import hinomi.settings.Section;
import hinomi.settings.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads an Alertmanager's configuration file. One use.
public final class AlertmanagerReader {
  /// What Alertmanager takes where the root says nothing.
  private static final PageTimes TIMES =
      new PageTimes(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofHours(4));

  private static final List<String> IGNORED_GLOBALS =
      List.of(
          "slack_api_url",
          "slack_api_url_file",
          "slack_app_token",
          "slack_app_token_file",
          "slack_app_url",
          "pagerduty_url",
          "opsgenie_api_key",
          "opsgenie_api_key_file",
          "opsgenie_api_url",
          "victorops_api_key",
          "victorops_api_key_file",
          "victorops_api_url",
          "wechat_api_url",
          "wechat_api_secret",
          "wechat_api_secret_file",
          "wechat_api_corp_id",
          "telegram_api_url",
          "telegram_bot_token",
          "telegram_bot_token_file",
          "webex_api_url",
          "jira_api_url",
          "rocketchat_api_url",
          "rocketchat_token",
          "rocketchat_token_file",
          "rocketchat_token_id",
          "rocketchat_token_id_file",
          "mattermost_webhook_url",
          "mattermost_webhook_url_file",
          "smtp_hello",
          "smtp_auth_identity",
          "smtp_auth_secret",
          "smtp_auth_secret_file",
          "smtp_tls_config",
          "smtp_force_implicit_tls");

  private final OnCall onCall;
  private final boolean allowUndeliverable;
  private final List<String> notes = new ArrayList<>();

  /// @param allowUndeliverable a receiver that we cannot deliver to is noted, and no mistake
  public AlertmanagerReader(OnCall onCall, boolean allowUndeliverable) {
    this.onCall = onCall;
    this.allowUndeliverable = allowUndeliverable;
  }

  public AlertmanagerFile read(Path file, Mistakes mistakes) {
    return read(Yaml.read(file, mistakes));
  }

  public AlertmanagerFile read(Section file) {
    Section global = file.section("global");
    HttpReader http = new HttpReader(notes);
    http.read(global.section("http_config")); // the default of all receivers; its mistakes count
    List<SmtpConfig> smtp = smtp(global);
    Duration resolveTimeout = global.duration("resolve_timeout", ExternalConfig.RESOLVE_TIMEOUT);
    IGNORED_GLOBALS.forEach(key -> {
      if (global.has(key)) {
        global.pass(key);
      }
    });
    if (!file.texts("templates").isEmpty()) {
      note(file, "templates", "messages have our own words");
    }
    for (String key : List.of("tracing", "event_recorder")) {
      if (file.has(key)) {
        file.pass(key);
        note(file, key, "our own traces and logs say it");
      }
    }
    Map<String, List<TimeInterval>> intervals = intervals(file);
    ReceiverReader receivers = new ReceiverReader(onCall, http, allowUndeliverable, notes);
    file.sections("receivers").forEach(receivers::read);
    RouteNode.Terms defaults =
        new RouteNode.Terms(
            "", new RouteNode.GroupBy(false, List.of()), TIMES, List.of(), List.of());
    RouteNode root = new RouteNode("{}", List.of(), false, defaults, List.of());
    if (file.has("route")) {
      root =
          new RouteReader(receivers.receivers().keySet(), intervals.keySet(), this::note)
              .root(file.section("route"), defaults);
    } else {
      file.mistake("route", "is missing: it says who is told");
    }
    AlertmanagerFile read =
        new AlertmanagerFile(
            root,
            receivers.receivers(),
            receivers.hooks(),
            inhibitRules(file),
            intervals,
            smtp,
            resolveTimeout,
            notes);
    file.end();
    return read;
  }

  /// Something that is read but has no effect here.
  private void note(Section section, String key, String why) {
    notes.add(section.file() + ":" + section.line(key) + ": " + key + ": " + why);
  }

  private List<SmtpConfig> smtp(Section global) {
    String host = global.text("smtp_smarthost", "");
    String from = global.text("smtp_from", "");
    String username = global.text("smtp_auth_username", "");
    String password = global.text("smtp_auth_password", "");
    if (global.has("smtp_auth_password") && global.has("smtp_auth_password_file")) {
      global.mistake("smtp_auth_password_file", "smtp_auth_password is given too: one of them");
    }
    password = HttpReader.file(global, "smtp_auth_password_file", password);
    boolean tls = global.flag("smtp_require_tls", true);
    int colon = host.lastIndexOf(':');
    if (host.isEmpty()) {
      return List.of();
    }
    if (colon < 0 || !host.substring(colon + 1).matches("\\d{1,5}")) {
      global.mistake("smtp_smarthost", "expected host:port, got \"" + host + "\"");
      return List.of();
    }
    return List.of(
        new SmtpConfig(
            host.substring(0, colon),
            Integer.parseInt(host.substring(colon + 1)),
            from.isEmpty() ? "hinomi@localhost" : from,
            tls,
            username,
            password));
  }

  private static Map<String, List<TimeInterval>> intervals(Section file) {
    Map<String, List<TimeInterval>> intervals = new LinkedHashMap<>();
    for (String key : List.of("time_intervals", "mute_time_intervals")) {
      for (Section named : file.sections(key)) {
        String name = named.text("name");
        List<TimeInterval> parts = new ArrayList<>();
        named.sections("time_intervals").forEach(part -> parts.add(TimeIntervalReader.read(part)));
        if (intervals.put(name, parts) != null) {
          named.mistake("name", "the time interval \"" + name + "\" is given twice");
        }
      }
    }
    return intervals;
  }

  private static List<InhibitRule> inhibitRules(Section file) {
    List<InhibitRule> rules = new ArrayList<>();
    int number = 1;
    for (Section rule : file.sections("inhibit_rules")) {
      List<Matcher> source =
          MatchersReader.read(rule, "source_match", "source_match_re", "source_matchers");
      List<Matcher> target =
          MatchersReader.read(rule, "target_match", "target_match_re", "target_matchers");
      rules.add(
          new InhibitRule(
              rule.text("name", "inhibit_rules[" + number++ + "]"),
              source,
              target,
              rule.texts("equal")));
    }
    return rules;
  }
}
