package hinomi.alertengine.evaluate;

import hinomi.alertengine.rule.RuleGroup;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/// The times at which a group is evaluated whatever happens: `k × interval + hash(file, group)`
/// (Prometheus, rules/group.go), so that groups of equal interval do not all come at once.
///
/// @param length between two, milliseconds
/// @param phase of the first after the epoch, milliseconds
public record Slots(long length, long phase) {
  /// @param otherwise the interval of a group that names none
  public static Slots of(RuleGroup group, Duration otherwise) {
    Duration interval = group.interval().isZero() ? otherwise : group.interval();
    long length = interval.toMillis();
    return new Slots(length, Math.floorMod(spread(group.key().hashCode()), length));
  }

  /// Far apart for names that differ in one letter, whose hash codes are neighbours: the finalizer
  /// of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, figure 16).
  private static long spread(int hash) {
    long z = hash * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /// The first slot after a time.
  public Instant after(Instant time) {
    long since = Math.floorDiv(time.toEpochMilli() - phase, length);
    return Instant.ofEpochMilli((since + 1) * length + phase);
  }

  /// The same slots, looking so much further back.
  public Slots earlier(Duration offset) {
    return new Slots(length, Math.floorMod(phase - offset.toMillis(), length));
  }

  /// Whether some time is one of both.
  public boolean meet(Slots other) {
    long each = BigInteger.valueOf(length).gcd(BigInteger.valueOf(other.length)).longValue();
    return Math.floorMod(phase - other.phase, each) == 0;
  }

  /// Whether a time is one of them.
  public boolean has(long millis) {
    return Math.floorMod(millis - phase, length) == 0;
  }
}
