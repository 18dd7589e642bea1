package hinomi.console;

import hinomi.console.LiveAlert.State;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What fires and what is about to, with what keeps it from being told, and who watches.
///
/// @param alerts those that are asked for, worst first
/// @param rules who watches
/// @param groups what people are told about: open ones, then the latest closed ones
public record AlertBoard(
    Instant now, Reading<Alerts> alerts, Reading<Watch> rules, Reading<List<AlertGroup>> groups) {
  /// More than anybody reads at once.
  private static final int MOST = 200;

  /// What fires before what waits, what wakes people before what does not, then the newest.
  private static final Comparator<LiveAlert> WORST_FIRST =
      Comparator.comparing((LiveAlert alert) -> alert.state() == State.PENDING)
          .thenComparing(LiveAlert::isPage, Comparator.reverseOrder())
          .thenComparing(LiveAlert::since, Comparator.reverseOrder())
          .thenComparing(LiveAlert::labels);

  /// Which alerts are asked for.
  ///
  /// @param state empty for all
  /// @param text that a label contains; empty for all
  public record Filter(Optional<State> state, String text) {
    public static final Filter ALL = new Filter(Optional.empty(), "");

    boolean fits(LiveAlert alert) {
      return state.map(wanted -> wanted == alert.state()).orElse(true) && alert.mentions(text);
    }

    public boolean isAll() {
      return state.isEmpty() && text.isEmpty();
    }
  }

  /// Alerts of this moment.
  ///
  /// @param rows that are shown
  /// @param fitting how many fit, shown or not
  /// @param counts of all alerts, by state
  public record Alerts(List<Row> rows, int fitting, Map<State, Integer> counts) {
    public Alerts {
      rows = List.copyOf(rows);
    }

    public int total() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int count(State state) {
      return counts.getOrDefault(state, 0);
    }
  }

  /// An alert, and what keeps it from being told.
  public record Row(LiveAlert alert, Reading<List<Hold>> holds) {
    public boolean isHeld() {
      return holds instanceof Reading.Known<List<Hold>> known && !known.value().isEmpty();
    }

    public List<Hold> reasons() {
      return holds instanceof Reading.Known<List<Hold>> known ? known.value() : List.of();
    }

    /// Why nobody knows whether something keeps it, or the empty text.
    public String unreadable() {
      return holds instanceof Reading.Unreadable<List<Hold>> no ? no.reason() : "";
    }
  }

  /// The rules that can raise alerts.
  ///
  /// @param failing how many cannot be evaluated
  /// @param late how many should have been evaluated and were not
  /// @param last when one of them was evaluated last
  public record Watch(int rules, int failing, int late, Optional<Instant> last) {
    static Watch of(List<RuleGroup> groups, Instant now) {
      int rules = 0;
      int failing = 0;
      int late = 0;
      Optional<Instant> last = Optional.empty();
      for (RuleGroup group : groups) {
        for (RuleGroup.Rule rule : group.rules()) {
          RuleGroup.State state = group.state(rule, now);
          rules += rule.recording() ? 0 : 1;
          failing += state == RuleGroup.State.ERROR ? 1 : 0;
          late += state == RuleGroup.State.LATE ? 1 : 0;
          Optional<Instant> before = last;
          last =
              rule.at().filter(at -> before.isEmpty() || at.isAfter(before.get())).or(() -> before);
        }
      }
      return new Watch(rules, failing, late, last);
    }
  }

  /// Judges what keeps alerts from being told for those alone that are shown.
  static Alerts select(
      List<LiveAlert> all,
      Filter filter,
      Function<List<Labels>, Reading<Map<Labels, List<Hold>>>> holds) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    all.forEach(alert -> counts.merge(alert.state(), 1, Integer::sum));
    List<LiveAlert> fitting = all.stream().filter(filter::fits).sorted(WORST_FIRST).toList();
    List<LiveAlert> shown = fitting.stream().limit(MOST).toList();
    Reading<Map<Labels, List<Hold>>> found =
        shown.isEmpty()
            ? new Reading.Known<>(Map.of())
            : holds.apply(shown.stream().map(LiveAlert::labels).toList());
    List<Row> rows =
        shown.stream()
            .map(alert -> new Row(alert, holds(alert, found)))
            .sorted(
                Comparator.comparing(row -> row.alert().state() != State.PENDING && row.isHeld()))
            .sorted(Comparator.comparing(row -> row.alert().state() == State.PENDING))
            .toList();
    return new Alerts(rows, fitting.size(), counts);
  }

  private static Reading<List<Hold>> holds(
      LiveAlert alert, Reading<Map<Labels, List<Hold>>> found) {
    return switch (found) {
      case Reading.Known<Map<Labels, List<Hold>>> known ->
          new Reading.Known<>(known.value().getOrDefault(alert.labels(), List.of()));
      case Reading.Unreadable<Map<Labels, List<Hold>>> no ->
          new Reading.Unreadable<>(no.reason(), no.offset());
    };
  }
}
