package hinomi.alertengine.silence;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a silence would have hidden: of all that was told in the last days, and of what fires now.
public final class SilencePreview {
  /// How far back it looks.
  public static final Duration HISTORY = Duration.ofDays(30);

  /// More messages than anybody reads; what is older is then not looked at, and that is said.
  private static final int LIMIT = 20_000;

  private final Instant from;
  private final List<Matcher> matchers;
  private final Map<Labels, Past> alerts = new LinkedHashMap<>();
  private final Map<String, Hidden> groups = new LinkedHashMap<>();
  private final Set<String> people = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private int wholly;
  private int partly;

  private SilencePreview(Instant from, List<Matcher> matchers) {
    this.from = from;
    this.matchers = matchers;
  }

  /// An alert that was told and would not have been.
  public record Past(Labels labels, int times, Instant first, Instant last) {}

  /// A group of which something would not have been told.
  ///
  /// @param wholly messages that would not have left at all
  /// @param partly messages that would have left with fewer alerts
  public record Hidden(
      String id, String key, boolean page, Instant openedAt, int wholly, int partly) {}

  /// @param from what was told since
  /// @param firing what fires now and would be hidden at once
  /// @param people targets who would have got fewer messages
  /// @param complete whether all messages since then were looked at
  public record Result(
      Instant from,
      List<Labels> firing,
      List<Past> alerts,
      List<Hidden> groups,
      List<String> people,
      int wholly,
      int partly,
      boolean complete) {}

  /// Reads up to [#HISTORY] of the journal.
  ///
  /// @param firing all that fires now
  public static Result of(
      List<Matcher> matchers, AlertJournal journal, Collection<Labels> firing, Instant now) {
    SilenceRules.check(matchers);
    SilencePreview preview = new SilencePreview(now.minus(HISTORY), matchers);
    List<Delivery> told = journal.outbox().toldSince(preview.from, LIMIT);
    told.forEach(preview::look);
    List<Labels> present =
        firing.stream().filter(labels -> Matcher.allMatch(matchers, labels)).sorted().toList();
    return new Result(
        preview.from,
        present,
        preview.alerts.values().stream()
            .sorted(Comparator.comparing(Past::last).reversed().thenComparing(Past::labels))
            .toList(),
        List.copyOf(preview.groups.values()),
        preview.people.stream().sorted().toList(),
        preview.wholly,
        preview.partly,
        told.size() < LIMIT);
  }

  private void look(Delivery delivery) {
    Notification told = delivery.notification();
    if (told.reason() == Reason.NOTE || told.reason().isSummary()) {
      return;
    }
    List<Member> hidden =
        told.group().members().values().stream()
            .filter(member -> Matcher.allMatch(matchers, member.labels()))
            .toList();
    if (hidden.isEmpty()) {
      return;
    }
    people.add(delivery.target());
    // The same message to another target counts once.
    if (seen.add(delivery.groupId() + told.at().toEpochMilli() + told.reason())) {
      count(told, hidden);
    }
  }

  private void count(Notification told, List<Member> hidden) {
    boolean all = isAll(told.group(), hidden);
    wholly += all ? 1 : 0;
    partly += all ? 0 : 1;
    for (Member member : hidden) {
      alerts.merge(
          member.labels(),
          new Past(member.labels(), 1, told.at(), told.at()),
          (a, b) -> // the newest come first
          new Past(a.labels(), a.times() + 1, b.first(), a.last()));
    }
    PageGroup group = told.group();
    groups.merge(
        group.id(),
        new Hidden(
            group.id(),
            group.route().key(),
            group.route().page(),
            group.openedAt(),
            all ? 1 : 0,
            all ? 0 : 1),
        (a, b) ->
            new Hidden(
                a.id(),
                a.key(),
                a.page(),
                a.openedAt(),
                a.wholly() + b.wholly(),
                a.partly() + b.partly()));
  }

  private static boolean isAll(PageGroup group, List<Member> hidden) {
    return hidden.size() == group.members().size();
  }
}
