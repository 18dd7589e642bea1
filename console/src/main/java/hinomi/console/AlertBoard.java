package hinomi.console;

import hinomi.console.LiveAlert.State;
import hinomi.model.Labels;
import hinomi.model.Text;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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

  /// Of those that are alike so many are shown, for a storm of one must not bury the others.
  private static final int ALIKE = 3;

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
    boolean fits(LiveAlert alert) {
      return state.map(wanted -> wanted == alert.state()).orElse(true);
    }
  }

  /// Alerts of this moment.
  ///
  /// @param rows that are shown
  /// @param hidden how many fit beside them and those that are folded
  /// @param mentioned how many contain the text that is asked for, by state
  /// @param counts of all alerts, by state
  /// @param held how many of all that fire are held back; empty when too many fire to say so
  /// @param loud whether one that wakes people is not held back, as far as is known
  public record Alerts(
      List<Row> rows,
      int hidden,
      Map<State, Integer> mentioned,
      Map<State, Integer> counts,
      OptionalInt held,
      boolean loud) {
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
  ///
  /// @param alike how many like it are folded behind it
  public record Row(LiveAlert alert, Reading<List<Hold>> holds, int alike) {
    boolean fires() {
      return alert.state() != State.PENDING;
    }

    public boolean isHeld() {
      return holds instanceof Reading.Known<List<Hold>> known && !known.value().isEmpty();
    }

    public List<Hold> reasons() {
      return holds instanceof Reading.Known<List<Hold>> known ? known.value() : List.of();
    }

    /// Why nobody knows whether something keeps it, or the empty text.
    public Text unreadable() {
      return holds instanceof Reading.Unreadable<List<Hold>> no ? no.words() : Text.same("");
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

  /// Judges what keeps alerts from being told for the worst and for those that are shown.
  static Alerts select(
      List<LiveAlert> all,
      Filter filter,
      Function<List<Labels>, Reading<Map<Labels, List<Hold>>>> holds) {
    List<LiveAlert> mentioning =
        filter.text().isEmpty()
            ? all
            : all.stream().filter(alert -> alert.mentions(filter.text())).toList();
    List<LiveAlert> fitting = mentioning.stream().filter(filter::fits).sorted(WORST_FIRST).toList();
    Map<LiveAlert, Integer> folded = folded(fitting, filter.text().isEmpty() ? ALIKE : MOST);
    List<LiveAlert> shown = folded.keySet().stream().limit(MOST).toList();
    Set<LiveAlert> judged =
        new LinkedHashSet<>(all.stream().sorted(WORST_FIRST).limit(MOST).toList());
    boolean whole = judged.size() == all.size();
    judged.addAll(shown);
    Reading<Map<Labels, List<Hold>>> found =
        judged.isEmpty()
            ? new Reading.Known<>(Map.of())
            : holds.apply(judged.stream().map(LiveAlert::labels).toList());
    List<Row> firing =
        judged.stream()
            .map(alert -> new Row(alert, holds(alert, found), 0))
            .filter(Row::fires)
            .toList();
    List<Row> rows =
        shown.stream()
            .map(alert -> new Row(alert, holds(alert, found), folded.getOrDefault(alert, 0)))
            .sorted(Comparator.comparing(row -> row.fires() && row.isHeld()))
            .sorted(Comparator.comparing(row -> !row.fires()))
            .toList();
    return new Alerts(
        rows,
        fitting.size() - rows.size() - rows.stream().mapToInt(Row::alike).sum(),
        byState(mentioning),
        byState(all),
        whole && found instanceof Reading.Known<Map<Labels, List<Hold>>>
            ? OptionalInt.of(Math.toIntExact(firing.stream().filter(Row::isHeld).count()))
            : OptionalInt.empty(),
        !whole || firing.stream().anyMatch(row -> row.alert().isPage() && !row.isHeld()));
  }

  private static Map<State, Integer> byState(List<LiveAlert> alerts) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    alerts.forEach(alert -> counts.merge(alert.state(), 1, Integer::sum));
    return counts;
  }

  /// What alerts have in common that are alike.
  private record Kind(String name, String severity, String component, State state) {
    static Kind of(LiveAlert alert) {
      Labels labels = alert.labels();
      return new Kind(
          labels.get("alertname"), labels.get("severity"), labels.get("component"), alert.state());
    }
  }

  /// The first ones of each kind, in order, and behind the last of them how many more there are.
  private static Map<LiveAlert, Integer> folded(List<LiveAlert> alerts, int most) {
    Map<LiveAlert, Integer> shown = new LinkedHashMap<>();
    Map<Kind, LiveAlert> last = new HashMap<>();
    Map<Kind, Integer> seen = new HashMap<>();
    for (LiveAlert alert : alerts) {
      Kind kind = Kind.of(alert);
      if (seen.merge(kind, 1, Integer::sum) <= most) {
        shown.put(alert, 0);
        last.put(kind, alert);
      } else {
        shown.merge(last.getOrDefault(kind, alert), 1, Integer::sum);
      }
    }
    return shown;
  }

  private static Reading<List<Hold>> holds(
      LiveAlert alert, Reading<Map<Labels, List<Hold>>> found) {
    return switch (found) {
      case Reading.Known<Map<Labels, List<Hold>>> known ->
          new Reading.Known<>(known.value().getOrDefault(alert.labels(), List.of()));
      case Reading.Unreadable<Map<Labels, List<Hold>>> no ->
          new Reading.Unreadable<>(no.words(), no.offset());
    };
  }
}
