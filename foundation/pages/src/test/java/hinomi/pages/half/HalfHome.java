package hinomi.pages.half;

/// Stands where the words of a part are, not all of which are in English.
public final class HalfHome {
  private HalfHome() {}
}
