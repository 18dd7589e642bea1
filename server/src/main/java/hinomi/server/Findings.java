package hinomi.server;

import hinomi.alertengine.PageEvent;
import hinomi.incidentrecords.IncidentRecords;
import hinomi.model.AlertEvent;
import hinomi.model.Condition;
import hinomi.model.Evidence;
import hinomi.model.ProbeResult;
import hinomi.servicelevels.ServiceLevels;
import hinomi.statuspage.StatusPage;

/// Where what rules and probes found goes: alerts and their pages into the incident records,
/// evidence into the ledger of service levels; the public page is told when that changes what it
/// shows.
final class Findings {
  private static final int SILENCES = 3;

  private final IncidentRecords incidents;
  private final ServiceLevels levels;
  private final StatusPage page;

  Findings(IncidentRecords incidents, ServiceLevels levels, StatusPage page) {
    this.incidents = incidents;
    this.levels = levels;
    this.page = page;
  }

  void alert(AlertEvent event) {
    incidents.alertChanged(event);
    page.changed();
  }

  /// Alerts of one page that belong to one incident leave one entry there: the second would say the
  /// same.
  void paged(PageEvent event) {
    String kind =
        switch (event.kind()) {
          case DELIVERED, NOT_DELIVERED, ESCALATED -> "page";
          case ACKNOWLEDGED -> "ack";
        };
    event.fingerprints().forEach(alert -> incidents.record(alert, event.at(), kind, event.text()));
  }

  void evidence(Evidence evidence) {
    Condition before = levels.condition(evidence.component(), evidence.at());
    levels.accept(evidence);
    if (levels.condition(evidence.component(), evidence.at()) != before) {
      page.changed();
    }
  }

  /// A probe's result is evidence where the probe speaks about a component. After three silent
  /// periods the probe says nothing any more.
  void probe(ProbeResult result) {
    if (!result.component().isEmpty()) {
      evidence(
          new Evidence(
              result.component(),
              "probe:" + result.probe(),
              result.verdict(),
              result.at(),
              result.at().plus(result.took()),
              result.period().multipliedBy(SILENCES),
              result.detail()));
    }
  }
}
