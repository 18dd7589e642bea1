package hinomi.promql.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hinomi.model.Labels;
import hinomi.promql.parse.Expr;
import hinomi.promql.parse.Parser;
import hinomi.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FoldLawTest {
  private static final List<String> OPERATORS =
      List.of("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar");

  @Test
  void a_group_folded_in_parts_is_the_group_folded_at_once() {
    Seeds.forAll(
        300,
        random -> {
          List<Row> rows = rows(random);
          for (String operator : OPERATORS) {
            Expr.Aggregate aggregate = (Expr.Aggregate) Parser.parse(operator + "(a)");
            Fold whole = Fold.of(aggregate, 5, new Notes(""));
            Fold merged = Fold.of(aggregate, 5, new Notes(""));
            Fold part = Fold.of(aggregate, 5, new Notes(""));
            RowBuffer buffer = new RowBuffer(5);
            for (Row row : rows) {
              buffer.copy(row);
              whole.add(buffer, Labels.EMPTY);
              part.add(buffer, Labels.EMPTY);
              if (random.nextInt(3) == 0) {
                merged.merge(part);
                part = Fold.of(aggregate, 5, new Notes(""));
              }
            }
            merged.merge(part);
            for (int step = 0; step < 5; step++) {
              double expected = whole.row(Labels.EMPTY, new Notes("")).values()[step];
              double actual = merged.row(Labels.EMPTY, new Notes("")).values()[step];
              if (Double.isFinite(expected)) {
                assertThat(actual)
                    .as("%s at %d of %s", operator, step, rows)
                    .isCloseTo(expected, within(1e-9 * (1 + Math.abs(expected))));
              } else {
                assertThat(actual).isEqualTo(Double.valueOf(expected));
              }
            }
          }
        });
  }

  private static List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    boolean strange = random.nextInt(5) == 0;
    for (int i = random.nextInt(40); i > 0; i--) {
      double[] values = Row.absent(5);
      boolean dense = random.nextBoolean();
      for (int step = 0; step < 5; step++) {
        if (dense || random.nextInt(3) == 0) {
          values[step] =
              strange && random.nextInt(9) == 0
                  ? new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}[random.nextInt(3)]
                  : random.nextGaussian() * 1000;
        }
      }
      rows.add(new Row(Labels.EMPTY, values));
    }
    return rows;
  }

  @Test
  void a_sum_keeps_what_rounding_loses_also_between_parts() {
    Expr.Aggregate sum = (Expr.Aggregate) Parser.parse("sum(a)");
    Fold one = Fold.of(sum, 1, new Notes(""));
    Fold other = Fold.of(sum, 1, new Notes(""));
    RowBuffer buffer = new RowBuffer(1);
    buffer.copy(new Row(Labels.EMPTY, new double[] {1e100}));
    one.add(buffer, Labels.EMPTY);
    buffer.copy(new Row(Labels.EMPTY, new double[] {1}));
    other.add(buffer, Labels.EMPTY);
    buffer.copy(new Row(Labels.EMPTY, new double[] {-1e100}));
    other.add(buffer, Labels.EMPTY);
    one.merge(other);
    assertThat(one.row(Labels.EMPTY, new Notes("")).values()).containsExactly(1);
  }

  @Test
  void groups_are_those_of_the_label_sets_that_by_and_without_leave() {
    Seeds.forAll(
        200,
        random -> {
          boolean drops = random.nextBoolean();
          TreeSet<String> names = new TreeSet<>();
          for (int i = random.nextInt(4); i > 0; i--) {
            names.add(List.of("a", "b", "c", "__name__", "__type__").get(random.nextInt(5)));
          }
          boolean without = random.nextBoolean();
          Expr.Aggregate aggregate =
              (Expr.Aggregate)
                  Parser.parse(
                      "sum "
                          + (without ? "without" : "by")
                          + "("
                          + String.join(",", names)
                          + ") (a)");
          Grouping grouping = new Grouping(aggregate, drops);
          List<Labels> seen = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            Labels.Builder builder = Labels.builder();
            for (String name : List.of("a", "b", "c", "d", "__name__", "__type__")) {
              builder.set(name, random.nextInt(3) == 0 ? "" : "v" + random.nextInt(3));
            }
            Labels labels = builder.build();
            Labels left = drops ? MetricLabels.without(labels) : labels;
            Labels group = without ? left.without(Labels.NAME).without(names) : left.only(names);
            if (!seen.contains(group)) {
              seen.add(group);
            }
            int number = grouping.of(labels);
            assertThat(number).isEqualTo(seen.indexOf(group));
            assertThat(grouping.labels(number)).isEqualTo(group);
          }
        });
  }
}
