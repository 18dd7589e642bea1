package hinomi.alertengine.noise;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Decision;
import hinomi.alertengine.journal.DocumentTable;
import hinomi.alertengine.journal.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Alerts that come and go. One that changes too often flaps: that is told once, its changes are
/// not, and when it has been calm for a while it is told what has become of it. Guarded by its
/// owner's lock.
public final class Flaps {
  private final NoiseConfig.Flapping terms;
  private final DocumentTable<Flap> table;
  private final Map<String, Flap> steady = new LinkedHashMap<>(); // by key, the calmest first
  private final Map<String, Flap> flapping = new LinkedHashMap<>(); // likewise

  public Flaps(NoiseConfig.Flapping terms, AlertJournal journal) {
    this.terms = terms;
    this.table =
        new DocumentTable<>(
            journal,
            new DocumentTable.Shape<>(
                "alert_flap", "alert", Flap.class, Flap::key, Flap::changedAt));
  }

  /// What is left of changes when those of flapping alerts are taken out. Nothing of it counts
  /// before [#settle].
  ///
  /// @param told alerts as groups take them in
  /// @param decisions why others are not there
  /// @param rows to be written
  /// @param kept what is known of alerts then
  /// @param forgotten keys of those of which nothing is
  public record Sifted(
      List<Member> told,
      List<Decision> decisions,
      List<Row> rows,
      Map<String, Flap> kept,
      Set<String> forgotten) {
    Sifted() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new LinkedHashMap<>(),
          new LinkedHashSet<>());
    }
  }

  /// Takes up what was known when the engine stopped.
  public void restore() {
    table.all().forEach(this::keep);
  }

  /// Alerts began to fire or were resolved.
  public Sifted sift(List<Member> changed, Instant now) {
    Sifted sifted = new Sifted();
    if (terms.changes() == 0) {
      sifted.told().addAll(changed);
      return sifted;
    }
    forgetOld(sifted, now);
    for (Member alert : changed) {
      Flap before = known(alert.key(), sifted);
      if (before != null && before.latest().isFiring() == alert.isFiring()) {
        said(before.seen(alert), sifted);
      } else {
        changed(before, alert, sifted, now);
      }
    }
    return sifted;
  }

  private @Nullable Flap known(String key, Sifted sifted) {
    Flap fresh = sifted.kept().get(key);
    if (fresh != null || sifted.forgotten().contains(key)) {
      return fresh;
    }
    Flap known = flapping.get(key);
    return known == null ? steady.get(key) : known;
  }

  /// The same again, as after a restart.
  private static void said(Flap flap, Sifted sifted) {
    sifted.kept().put(flap.key(), flap);
    if (!flap.isFlapping()) {
      sifted.told().add(flap.latest());
    }
  }

  private void changed(@Nullable Flap before, Member alert, Sifted sifted, Instant now) {
    Flap after = before == null ? Flap.first(alert, now, terms) : before.changed(alert, now, terms);
    sifted.kept().put(after.key(), after);
    // The first change of an alert is known from when it began to fire.
    if (after.changes().size() > 1) {
      sifted.rows().add(table.put(after));
    }
    if (!after.isFlapping()) {
      sifted.told().add(alert);
    } else if (before != null && before.isFlapping()) {
      note(sifted, Decision.Kind.FLAPPED, now, after);
    } else {
      sifted.told().add(after.told());
      note(sifted, Decision.Kind.FLAPPING, now, after);
    }
  }

  private static void note(Sifted sifted, Decision.Kind kind, Instant now, Flap flap) {
    sifted
        .decisions()
        .add(
            Decision.ofAlert(
                now,
                kind,
                flap.latest().fingerprint(),
                "",
                "changes",
                Integer.toString(flap.changes().size()),
                "since",
                flap.isFlapping() ? flap.since().toString() : "",
                "state",
                flap.latest().isFiring() ? "firing" : "resolved",
                "alert",
                flap.latest().labels().toString()));
  }

  private void forgetOld(Sifted sifted, Instant now) {
    Instant earliest = now.minus(terms.within());
    for (Flap flap : steady.values()) {
      if (!flap.changedAt().isBefore(earliest)) {
        return;
      }
      forget(flap, sifted);
    }
  }

  private void forget(Flap flap, Sifted sifted) {
    sifted.forgotten().add(flap.key());
    if (flap.changes().size() > 1) {
      sifted.rows().add(table.forget(flap));
    }
  }

  /// Alerts that have been calm for long enough are what they are.
  public Sifted calm(Instant now) {
    Sifted sifted = new Sifted();
    for (Flap flap : flapping.values()) {
      if (!flap.changedAt().plus(terms.calm()).isAfter(now)) {
        sifted.told().add(flap.latest());
        note(sifted, Decision.Kind.STEADY, now, flap);
        forget(flap, sifted);
      }
    }
    return sifted;
  }

  /// It is written.
  public void settle(Sifted sifted) {
    sifted.forgotten().forEach(this::drop);
    sifted.kept().values().forEach(this::keep);
  }

  private void keep(Flap flap) {
    drop(flap.key());
    (flap.isFlapping() ? flapping : steady).put(flap.key(), flap);
  }

  private void drop(String key) {
    steady.remove(key);
    flapping.remove(key);
  }

  /// When [#calm] has something to say.
  public Instant due() {
    return flapping.values().stream()
        .map(flap -> flap.changedAt().plus(terms.calm()))
        .min(Instant::compareTo)
        .orElse(NEVER);
  }
}
