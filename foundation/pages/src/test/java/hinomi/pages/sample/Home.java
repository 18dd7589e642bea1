package hinomi.pages.sample;

/// Stands where the templates and words of a part are.
public final class Home {
  private Home() {}
}
