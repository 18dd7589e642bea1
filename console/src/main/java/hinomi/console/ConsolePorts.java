package hinomi.console;

import java.time.Duration;

/// What the console needs of others.
public record ConsolePorts(
    Alerts alerts,
    Watching watching,
    Silencing silencing,
    Incidents incidents,
    Postmortems postmortems,
    Data data,
    Addresses addresses) {
  /// Page groups and what people do about them.
  public record Alerts(AlertGroups newest, FindAlertGroup find, Acknowledge acknowledge) {}

  /// What fires at this moment, who watches, and why people are told or not.
  public record Watching(LiveAlerts alerts, Holds holds, RuleGroups rules, ExplainAlert explain) {}

  /// Silences.
  ///
  /// @param longest how long one may last
  public record Silencing(
      Silences all, PreviewSilence preview, SetSilence set, EndSilence end, Duration longest) {}

  /// Incidents and what people say about them.
  public record Incidents(
      NewestIncidents newest, FindIncident find, PublishUpdate update, AddNote note) {}

  /// What is written afterwards.
  public record Postmortems(
      DraftPostmortem draft, SavePostmortem save, PublishPostmortem publish) {}

  /// What is measured and logged.
  public record Data(
      Components components,
      Hosts hosts,
      SearchLogs logs,
      InstantQuery instant,
      RangeQuery range) {}

  /// Where the listeners are.
  ///
  /// @param own the listener that serves the console and the data sources
  /// @param status the public page
  public record Addresses(Address own, Address status) {}
}
