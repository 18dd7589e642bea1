package hinomi.metricstore.head;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Series by their numbers. Numbers only ever rise and most of the old ones are nobody's, so they
/// lie in pages that are let go when they are empty. One thread changes it; any thread may look up
/// meanwhile and at worst misses what is being added.
final class SeriesNumbers {
  private static final int PAGE_BITS = 10;
  private static final int PAGE = 1 << PAGE_BITS;

  private volatile @Nullable HeadSeries[] @Nullable [] pages = new HeadSeries[16][];

  @Nullable HeadSeries get(int number) {
    @Nullable HeadSeries[] @Nullable [] all = pages;
    int index = number >>> PAGE_BITS;
    @Nullable HeadSeries[] page = index < all.length ? all[index] : null;
    return page == null ? null : page[number & (PAGE - 1)];
  }

  void put(int number, HeadSeries series) {
    @Nullable HeadSeries[] @Nullable [] all = pages;
    int index = number >>> PAGE_BITS;
    if (index >= all.length) {
      all = Arrays.copyOf(all, Math.max(index + 1, all.length * 2));
    }
    @Nullable HeadSeries[] page = all[index];
    if (page == null) {
      page = new HeadSeries[PAGE];
      all[index] = page;
    }
    page[number & (PAGE - 1)] = series;
    pages = all;
  }

  /// Lets go of what is forgotten, and of pages on which no series is left.
  void tidy() {
    @Nullable HeadSeries[] @Nullable [] all = pages;
    for (int i = 0; i < all.length; i++) {
      @Nullable HeadSeries[] page = all[i];
      if (page != null && isEmptied(page)) {
        all[i] = null;
      }
    }
    pages = all;
  }

  private static boolean isEmptied(@Nullable HeadSeries[] page) {
    boolean empty = true;
    for (int i = 0; i < page.length; i++) {
      HeadSeries series = page[i];
      if (series != null && series.isForgotten()) {
        page[i] = null;
      }
      empty &= page[i] == null;
    }
    return empty;
  }

  /// Calls for each series whose number lies between two; one that goes by two numbers comes with
  /// its own alone.
  void each(int from, int to, Consumer<HeadSeries> taker) {
    @Nullable HeadSeries[] @Nullable [] all = pages;
    int last = Math.min(all.length, (to + PAGE - 1) >>> PAGE_BITS);
    for (int i = from >>> PAGE_BITS; i < last; i++) {
      @Nullable HeadSeries[] page = all[i];
      if (page != null) {
        for (int j = 0; j < PAGE; j++) {
          HeadSeries series = page[j];
          int number = i << PAGE_BITS | j;
          if (series != null && number >= from && number < to && series.number() == number) {
            taker.accept(series);
          }
        }
      }
    }
  }
}
