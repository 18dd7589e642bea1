package hinomi.console;

/// What the console needs of others.
public record ConsolePorts(
    Alerts alerts, Incidents incidents, Postmortems postmortems, Data data, Addresses addresses) {
  /// Alerts and what people do about them.
  public record Alerts(AlertGroups newest, FindAlertGroup find, Acknowledge acknowledge) {}

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
