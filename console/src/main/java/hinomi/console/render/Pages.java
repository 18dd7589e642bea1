package hinomi.console.render;

import hinomi.console.AlertBoard;
import hinomi.console.AlertGroup;
import hinomi.console.ConsoleConfig;
import hinomi.console.ConsolePorts;
import hinomi.console.Explanation;
import hinomi.console.Found;
import hinomi.console.IncidentRecord;
import hinomi.console.Overview;
import hinomi.console.Reading;
import hinomi.console.RuleGroup;
import hinomi.console.Silence;
import hinomi.console.form.Form;
import hinomi.console.form.Range;
import hinomi.model.Incident;
import hinomi.model.LogRecord;
import hinomi.model.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All pages, as HTML. Any thread.
public final class Pages {
  private final Paper paper;
  private final OverviewPage overview;
  private final AlertPages alerts;
  private final BoardPage board;
  private final RulesPage rules;
  private final WhyPage why;
  private final SilencePages silences;
  private final IncidentPages incidents;
  private final DataPages data;

  public Pages(ConsoleConfig config, Assets assets) {
    this.paper = new Paper(config, assets);
    this.overview = new OverviewPage(paper, config);
    this.alerts = new AlertPages(paper);
    this.board = new BoardPage(paper);
    this.rules = new RulesPage(paper);
    this.why = new WhyPage(paper);
    this.silences = new SilencePages(paper);
    this.incidents = new IncidentPages(paper);
    this.data = new DataPages(paper);
  }

  public String overview(Visit visit, Overview now, ConsolePorts.Addresses addresses) {
    return overview.print(visit, now, addresses);
  }

  public String board(Visit visit, AlertBoard now, AlertBoard.Filter filter) {
    return board.print(visit, now, filter);
  }

  public String rules(Visit visit, List<RuleGroup> groups, RulesPage.Filter filter) {
    return rules.print(visit, groups, filter);
  }

  /// The form alone.
  public String why(Visit visit) {
    return why.ask(visit);
  }

  /// @param asked what was typed: `alert` and `at`
  /// @param found empty when what was typed cannot be asked
  public String why(Visit visit, Form asked, Optional<Reading<List<Explanation>>> found) {
    return why.print(visit, asked, found);
  }

  public String silences(Visit visit, List<Silence> all) {
    return silences.list(visit, all);
  }

  /// The form for a silence.
  public String silence(Visit visit, SilenceSheet sheet) {
    return silences.form(visit, sheet);
  }

  /// @param again the form that could not be taken
  public String alert(Visit visit, AlertGroup group, Optional<Form> again) {
    return alerts.one(visit, group, again);
  }

  public String incidents(Visit visit, List<Incident> newest) {
    return incidents.list(visit, newest);
  }

  /// @param form name of the form that could not be taken: `update` or `note`
  public String incident(Visit visit, IncidentRecord record, String form, Optional<Form> again) {
    return incidents.one(visit, record, form, again);
  }

  /// @param start what the text fields begin with
  /// @param drafted whether that is a draft which nobody has saved yet
  public String postmortem(
      Visit visit, IncidentRecord record, Text start, boolean drafted, Optional<Form> again) {
    return incidents.postmortem(visit, record, start, drafted, again);
  }

  public String publish(Visit visit, IncidentRecord record, Optional<Form> again) {
    return incidents.publish(visit, record, again);
  }

  public String logs(Visit visit, Range range) {
    return data.logs(visit, range);
  }

  public String logs(Visit visit, String text, Range range, Reading<List<LogRecord>> found) {
    return data.logs(visit, text, range, found);
  }

  public String explore(Visit visit, Range range) {
    return data.explore(visit, range);
  }

  public String explore(
      Visit visit, String expression, Range range, Reading<Found> now, Reading<Found.Lines> past) {
    return data.explore(visit, expression, range, now, past);
  }

  /// A page that says why there is none.
  ///
  /// @param kind `missing`, `refused` or `failed`
  public String failure(Visit visit, String kind, String reason) {
    Phrases p = paper.phrases(visit);
    Map<String, Object> model = paper.sheet(visit, "", p.say("failure." + kind));
    model.put("kind", kind);
    model.put("reason", reason);
    return paper.print(visit, "failure", model);
  }
}
