package hinomi.testkit;

import java.util.Random;

/// Laws that hold for every input, tried over many seeded ones. A failure names the seed;
/// `-Dseed=N` repeats that one alone.
public final class Seeds {
  private Seeds() {}

  /// A law: throws when it does not hold for what this random generator makes.
  @FunctionalInterface
  public interface Law {
    void check(Random random) throws Exception;
  }

  public static void forAll(int times, Law law) {
    String only = System.getProperty("seed", "");
    if (!only.isEmpty()) {
      check(Long.parseLong(only), law);
      return;
    }
    for (long seed = 1; seed <= times; seed++) {
      check(seed, law);
    }
  }

  private static void check(long seed, Law law) {
    try {
      law.check(new Random(seed * 0x9E3779B97F4A7C15L));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("law broken; repeat with -Dseed=" + seed + ": " + e.getMessage(), e);
    }
  }
}
