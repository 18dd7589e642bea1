package hinomi.servicelevels.ledger;

import hinomi.model.Condition;
import hinomi.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one source claimed of one component, oldest first; claims never overlap. Any thread.
///
/// New evidence may reach back (`since`) and then replaces what this source said from there on;
/// what that changes is an [Amendment]. Silence is not filled in afterwards: nobody measured then.
/// The one exception is an outage that the source had not told before: it begins when it says.
final class Timeline {
  final String component;
  final String source;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Amendment> amendments = new ArrayList<>(); // that are not written yet
  private Instant unwritten = Instant.MAX; // claims from then on are not written yet

  /// What became of a piece of evidence.
  enum Outcome {
    /// A claim lasts longer; that can be written later.
    LONGER,
    /// A claim began, ended or changed.
    CHANGED,
    /// Something newer is known.
    OLDER
  }

  /// What is to be written: claims from `from` on replace those that are.
  record Unwritten(Timeline of, Instant from, List<Claim> claims, List<Amendment> amendments) {}

  Timeline(String component, String source, List<Claim> written) {
    this.component = component;
    this.source = source;
    claims.addAll(written);
  }

  synchronized Outcome accept(Evidence evidence, Instant now) {
    if (isOlder(evidence, now)) {
      return Outcome.OLDER;
    }
    Instant from = beginning(evidence);
    amendments.addAll(differences(from, evidence));
    boolean cut = cut(from, evidence.condition());
    boolean begun = extend(from, evidence);
    return cut || begun ? Outcome.CHANGED : Outcome.LONGER;
  }

  /// Evidence that comes out of order. A last word from the future is the mark of a clock that was
  /// wrong, and does not count.
  private boolean isOlder(Evidence evidence, Instant now) {
    return !claims.isEmpty()
        && evidence.at().isBefore(claims.getLast().measured())
        && !claims.getLast().measured().isAfter(now);
  }

  private Instant beginning(Evidence evidence) {
    Instant since = evidence.since();
    Instant spokenSince = evidence.at(); // the source has spoken without a pause since then
    int i = claims.size() - 1;
    while (i >= 0 && spokenSince.isAfter(since) && !claims.get(i).until().isBefore(spokenSince)) {
      if (claims.get(i).from().isBefore(spokenSince)) {
        spokenSince = claims.get(i).from();
      }
      i--;
    }
    if (!spokenSince.isAfter(since)) {
      return since;
    }
    boolean knownOutage =
        i >= 0
            && claims.get(i).condition() == Condition.DOWN
            && since.isBefore(claims.get(i).until());
    return evidence.condition() == Condition.DOWN && !knownOutage ? since : spokenSince;
  }

  private List<Amendment> differences(Instant from, Evidence evidence) {
    List<Amendment> found = new ArrayList<>();
    Instant told = from;
    for (Claim claim : between(from, evidence.at())) {
      add(found, told, claim.from(), Condition.UNKNOWN, evidence);
      Instant begin = claim.from().isAfter(told) ? claim.from() : told;
      add(found, begin, claim.until(), claim.condition(), evidence);
      told = claim.until();
    }
    add(found, told, evidence.at(), Condition.UNKNOWN, evidence);
    return found;
  }

  private static void add(
      List<Amendment> found, Instant from, Instant until, Condition was, Evidence evidence) {
    Instant to = until.isAfter(evidence.at()) ? evidence.at() : until;
    if (from.isBefore(to) && was != evidence.condition()) {
      found.add(
          new Amendment(
              evidence.component(),
              evidence.source(),
              evidence.at(),
              from,
              to,
              was,
              evidence.condition(),
              evidence.detail()));
    }
  }

  /// Takes away what was said from `from` on, but for a claim that merely goes on.
  private boolean cut(Instant from, Condition condition) {
    boolean changed = false;
    while (!claims.isEmpty() && claims.getLast().until().isAfter(from)) {
      Claim last = claims.getLast();
      if (last.condition() == condition && !last.from().isAfter(from)) {
        return changed;
      }
      claims.removeLast();
      touched(last.from());
      changed = true;
      if (last.from().isBefore(from)) {
        claims.add(last.endingAt(from));
      }
    }
    return changed;
  }

  private boolean extend(Instant from, Evidence evidence) {
    Instant until = evidence.at().plus(evidence.validFor());
    Optional<Claim> same =
        claims.isEmpty()
            ? Optional.empty()
            : Optional.of(claims.getLast())
                .filter(last ->
                    last.condition() == evidence.condition() && !last.until().isBefore(from));
    Instant begin = same.map(Claim::from).orElse(from);
    same.ifPresent(_ -> claims.removeLast());
    claims.add(
        new Claim(
            evidence.component(),
            evidence.source(),
            evidence.condition(),
            begin,
            evidence.at(),
            until,
            evidence.detail()));
    touched(begin);
    return same.isEmpty() || until.isBefore(same.get().until());
  }

  private void touched(Instant from) {
    if (from.isBefore(unwritten)) {
      unwritten = from;
    }
  }

  /// The claims that say anything within a stretch.
  synchronized List<Claim> between(Instant from, Instant to) {
    int first = claims.size();
    while (first > 0 && claims.get(first - 1).until().isAfter(from)) {
      first--;
    }
    int end = first;
    while (end < claims.size() && claims.get(end).from().isBefore(to)) {
      end++;
    }
    return List.copyOf(claims.subList(first, end));
  }

  /// Hands over what is not written, and counts it as written: see [#notWritten].
  synchronized Optional<Unwritten> takeUnwritten() {
    if (unwritten.equals(Instant.MAX)) {
      return Optional.empty();
    }
    Instant from = unwritten;
    Unwritten taken =
        new Unwritten(this, from, between(from, Instant.MAX), List.copyOf(amendments));
    amendments.clear();
    unwritten = Instant.MAX;
    return Optional.of(taken);
  }

  /// Takes back what could not be written.
  synchronized void notWritten(Unwritten back) {
    touched(back.from());
    amendments.addAll(0, back.amendments());
  }

  /// Forgets claims that ended before a time and are written.
  synchronized void forget(Instant before) {
    int n = 0;
    while (n < claims.size() - 1
        && claims.get(n).until().isBefore(before)
        && claims.get(n).from().isBefore(unwritten)) {
      n++;
    }
    claims.subList(0, n).clear();
  }
}
