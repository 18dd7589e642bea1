package hinomi.metricstore.exemplar;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Exemplar;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExemplarsTest {
  private static final Labels ORDERS = Labels.of("__name__", "orders_total", "market", "btc_jpy");
  private static final List<Matcher> ALL =
      List.of(new Matcher(Matcher.Kind.EQUAL, "__name__", "orders_total"));

  private static Exemplar at(long timestamp) {
    return new Exemplar(Labels.of("trace_id", "t" + timestamp), 1, timestamp);
  }

  @Test
  void givesThoseInTheRangeBothEndsIncluded() {
    Exemplars exemplars = new Exemplars(10);
    for (long time = 1; time <= 5; time++) {
      exemplars.add(ORDERS, at(time));
    }
    assertThat(exemplars.find(ALL, 2, 4)).isEqualTo(Map.of(ORDERS, List.of(at(2), at(3), at(4))));
  }

  @Test
  void theOldestGoWhenThereAreTooMany() {
    Exemplars exemplars = new Exemplars(3);
    for (long time = 1; time <= 5; time++) {
      exemplars.add(ORDERS, at(time));
    }
    assertThat(exemplars.find(ALL, 0, 9)).isEqualTo(Map.of(ORDERS, List.of(at(3), at(4), at(5))));
  }

  @Test
  void theSameOneAgainIsHeldAndAnOlderOneRefused() {
    Exemplars exemplars = new Exemplars(3);
    exemplars.add(ORDERS, at(5));
    assertThat(exemplars.judge(ORDERS, at(5))).isEqualTo(Exemplars.Verdict.HELD);
    assertThat(exemplars.judge(ORDERS, at(4))).isEqualTo(Exemplars.Verdict.OUT_OF_ORDER);
    Exemplar longOne = new Exemplar(Labels.of("trace_id", "x".repeat(121)), 1, 6);
    assertThat(exemplars.judge(ORDERS, longOne)).isEqualTo(Exemplars.Verdict.TOO_LONG);
    assertThat(new Exemplars(0).judge(ORDERS, at(6))).isEqualTo(Exemplars.Verdict.SWITCHED_OFF);
  }

  @Test
  void neverMoreThanAllowedAndAlwaysTheNewest() {
    Seeds.forAll(
        50,
        random -> {
          int most = 1 + random.nextInt(20);
          Exemplars exemplars = new Exemplars(most);
          List<Exemplar> added = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            Labels series = ORDERS.with("n", Integer.toString(random.nextInt(5)));
            exemplars.add(series, at(i));
            added.add(at(i));
          }
          List<Exemplar> kept = new ArrayList<>();
          exemplars.each((_, one) -> kept.add(one));
          assertThat(kept)
              .containsExactlyInAnyOrderElementsOf(
                  added.subList(added.size() - most, added.size()));
        });
  }
}
