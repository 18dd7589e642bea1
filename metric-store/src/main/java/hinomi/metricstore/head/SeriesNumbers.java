package hinomi.metricstore.head;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Series by their numbers. Numbers only ever rise and most of the old ones are nobody's, so they
/// lie in pages that are let go when they are empty. One thread changes it; any thread may look up
/// meanwhile and at worst misses what is being added.
final class SeriesNumbers {
  private volatile @Nullable SeriesPage[] pages = new SeriesPage[16];

  /// The page of a number; null when nobody has a number of it.
  @Nullable SeriesPage page(int number) {
    @Nullable SeriesPage[] all = pages;
    int index = number >>> SeriesPage.BITS;
    return index < all.length ? all[index] : null;
  }

  @Nullable HeadSeries get(int number) {
    SeriesPage page = page(number);
    return page == null ? null : page.series(number);
  }

  /// The page of a number, made if there is none.
  SeriesPage begun(int number) {
    SeriesPage known = page(number);
    if (known != null) {
      return known;
    }
    @Nullable SeriesPage[] all = pages;
    int index = number >>> SeriesPage.BITS;
    if (index >= all.length) {
      all = Arrays.copyOf(all, Math.max(index + 1, all.length * 2));
    }
    SeriesPage page = new SeriesPage();
    all[index] = page;
    pages = all;
    return page;
  }

  void put(int number, HeadSeries series) {
    begun(number).set(number, series);
    @Nullable SeriesPage[] all = pages;
    pages = all; // so that other threads see what was written before
  }

  /// Lets go of what is forgotten, and of pages on which no series is left.
  void tidy() {
    @Nullable SeriesPage[] all = pages;
    for (int i = 0; i < all.length; i++) {
      SeriesPage page = all[i];
      if (page != null && page.tidy()) {
        all[i] = null;
      }
    }
    pages = all;
  }

  /// Calls for each series whose number lies between two; one that goes by two numbers comes with
  /// its own alone.
  void each(int from, int to, Consumer<HeadSeries> taker) {
    @Nullable SeriesPage[] all = pages;
    int last = (int) Math.min(all.length, ((long) to + SeriesPage.SIZE - 1) >>> SeriesPage.BITS);
    for (int i = from >>> SeriesPage.BITS; i < last; i++) {
      SeriesPage page = all[i];
      int begin = Math.max(from, i << SeriesPage.BITS);
      int end = Math.min(to, (i + 1) << SeriesPage.BITS);
      for (int number = begin; page != null && number < end; number++) {
        HeadSeries series = page.series(number);
        if (series != null && series.number() == number) {
          taker.accept(series);
        }
      }
    }
  }
}
