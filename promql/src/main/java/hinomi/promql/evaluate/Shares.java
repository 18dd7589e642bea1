package hinomi.promql.evaluate;

import hinomi.promql.evaluate.Supply.Maker;

/// How a supply's rows are divided among workers. The shares depend on the supply alone, not on
/// threads or time, so that neither does an answer to its last bit.
final class Shares {
  /// About the samples that are worth a share of their own.
  private static final long WORTH = 40_000;

  /// What reading one series costs beside its samples, in samples.
  private static final long PER_SERIES = 100;

  private static final int MOST = 8;
  private static final int ROWS_BETWEEN_CHECKS = 16;

  private final Supply supply;
  private final Evaluator evaluator;
  private final int count;
  private final Notes[] notes;

  /// What is done with one share, by one thread.
  @FunctionalInterface
  interface Work {
    void accept(Share share);
  }

  /// What is done with a row, which is in the buffer.
  @FunctionalInterface
  interface OfRow {
    void accept(int i, RowBuffer row);
  }

  Shares(Supply supply, Evaluator evaluator) {
    this.supply = supply;
    this.evaluator = evaluator;
    long cost = supply.cost() + supply.size() * PER_SERIES;
    this.count = Math.clamp(Math.min(cost / WORTH, supply.size()), 1, MOST);
    this.notes = new Notes[count];
  }

  int count() {
    return count;
  }

  void run(int steps, Work work) {
    evaluator
        .workers()
        .run(
            count,
            evaluator.budget(),
            number -> {
              notes[number] = evaluator.notes().fork();
              work.accept(new Share(number, steps, notes[number]));
            });
    for (Notes each : notes) {
      evaluator.notes().addAll(each);
    }
  }

  /// Some neighbouring rows.
  final class Share {
    private final int number;
    private final int steps;
    private final Notes own;

    private Share(int number, int steps, Notes own) {
      this.number = number;
      this.steps = steps;
      this.own = own;
    }

    int number() {
      return number;
    }

    /// What is said of this share's rows.
    Notes notes() {
      return own;
    }

    /// Makes the rows one after the other, those without anything left out.
    void forEach(OfRow each) {
      Maker maker = supply.maker(own);
      RowBuffer buffer = new RowBuffer(steps);
      int from = bound(number);
      int to = bound(number + 1);
      for (int i = from; i < to; i++) {
        if ((i - from) % ROWS_BETWEEN_CHECKS == 0) {
          evaluator.budget().check();
        }
        if (maker.make(i, buffer)) {
          each.accept(i, buffer);
        }
      }
    }

    private int bound(int share) {
      return (int) ((long) supply.size() * share / count);
    }
  }
}
