package hinomi.promql.evaluate;

import hinomi.model.BadInput;
import hinomi.promql.parse.Aggregation;
import hinomi.promql.parse.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Picks k rows of a group at every step: the largest, the smallest, or simply the first. NaN ranks
/// last.
final class Ranking {
  private final Aggregation operator;
  private final Grid grid;
  private final Budget budget;

  Ranking(Aggregation operator, Grid grid, Budget budget) {
    this.operator = operator;
    this.grid = grid;
    this.budget = budget;
  }

  /// Whether any step picks anything; refuses what is no count.
  boolean any(double[] k) {
    double most = Double.NEGATIVE_INFINITY;
    boolean unknown = false;
    for (double each : k) {
      unknown |= Double.isNaN(each);
      most = each > most ? each : most;
    }
    if (unknown) {
      throw new BadInput("Parameter value is NaN");
    }
    if (most < 1) {
      return false;
    }
    for (double each : k) {
      if (each <= Long.MIN_VALUE) {
        throw new BadInput("Scalar value " + Numbers.general(each) + " underflows int64");
      }
      if (each >= Long.MAX_VALUE) {
        throw new BadInput("Scalar value " + Numbers.general(each) + " overflows int64");
      }
    }
    return true;
  }

  /// The picked rows, absent at the steps where they were not picked; best first at the last step
  /// that picked them, which is the order of an instant query.
  List<Row> pick(List<Row> members, double[] k) {
    boolean @Nullable [][] picked = new boolean[members.size()][];
    List<Integer> order = new ArrayList<>();
    for (int step = 0; step < grid.count(); step++) {
      budget.check();
      Integer[] ranked = ranked(members, step);
      int count = (int) Math.min(ranked.length, (long) k[step]);
      for (int i = 0; i < count; i++) {
        int member = ranked[i];
        if (picked[member] == null) {
          budget.hold(grid.count());
          picked[member] = new boolean[grid.count()];
          order.add(member);
        }
        picked[member][step] = true;
      }
    }
    List<Row> rows = new ArrayList<>(order.size());
    for (int member : order) {
      rows.add(members.get(member).where(picked[member]));
    }
    return rows;
  }

  private Integer[] ranked(List<Row> members, int step) {
    Integer[] present = new Integer[members.size()];
    int count = 0;
    for (int i = 0; i < present.length; i++) {
      Row member = members.get(i);
      if (operator == Aggregation.LIMITK
          ? member.has(step)
          : Row.isPresent(member.values()[step])) {
        present[count++] = i;
      }
    }
    Integer[] ranked = Arrays.copyOf(present, count);
    if (operator != Aggregation.LIMITK) {
      Arrays.sort(ranked, better(members, step));
    }
    return ranked;
  }

  private Comparator<Integer> better(List<Row> members, int step) {
    boolean largest = operator == Aggregation.TOPK;
    return (one, other) -> {
      double a = members.get(one).values()[step];
      double b = members.get(other).values()[step];
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
      }
      return a == b ? 0 : (a > b) == largest ? -1 : 1;
    };
  }
}
