package hinomi.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Turns turns = new Turns(3, 2, 1, 9);
  private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  /// Starts somebody who asks and, when served, says so; returns when they wait or were served.
  private void ask(String client) throws InterruptedException {
    int before = turns.waiting() + served.size();
    FutureTask<Boolean> asking =
        new FutureTask<>(() -> turns.enter(client, LONG) && served.add(client));
    threads.add(Thread.startVirtualThread(asking));
    while (turns.waiting() + served.size() == before) {
      Thread.onSpinWait();
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(served.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void a_client_leaves_a_place_for_others_and_those_who_wait_come_in_rounds() throws Exception {
    assertThat(turns.enter("greedy", LONG)).isTrue();
    assertThat(turns.enter("greedy", LONG)).isTrue();
    ask("greedy");
    ask("greedy");
    ask("greedy");
    assertThat(served).isEmpty();
    assertThat(turns.enter("modest", LONG)).isTrue();
    ask("modest");
    ask("other");
    assertThat(turns.waiting()).isEqualTo(5);
    turns.leave("greedy");
    assertThat(next()).isEqualTo("greedy");
    turns.leave("greedy");
    assertThat(next()).isEqualTo("modest");
    turns.leave("modest");
    assertThat(next()).isEqualTo("other");
    turns.leave("other");
    assertThat(next()).isEqualTo("greedy");
    turns.leave("greedy");
    assertThat(next()).isEqualTo("greedy");
    assertThat(turns.waiting()).isZero();
  }

  @Test
  void rules_have_places_of_their_own() throws Exception {
    assertThat(turns.enter("a", LONG)).isTrue();
    assertThat(turns.enter("b", LONG)).isTrue();
    assertThat(turns.enter("c", LONG)).isTrue();
    assertThat(turns.enter(PromQl.RULES, LONG)).isTrue();
    ask(PromQl.RULES);
    turns.leave("a");
    assertThat(served).isEmpty();
    turns.leave(PromQl.RULES);
    assertThat(next()).isEqualTo(PromQl.RULES);
  }

  @Test
  void who_gives_up_waiting_takes_no_place() throws Exception {
    for (String client : List.of("a", "b", "c")) {
      assertThat(turns.enter(client, LONG)).isTrue();
    }
    assertThatThrownBy(() -> turns.enter("late", Duration.ofMillis(1)))
        .isInstanceOf(Unavailable.class)
        .hasMessage("query timed out in query queue");
    ask("gone");
    threads.getLast().interrupt();
    threads.getLast().join();
    assertThat(turns.waiting()).isZero();
    turns.leave("a");
    assertThat(turns.enter("d", LONG)).isTrue();
  }

  @Test
  void too_many_who_wait_are_refused() throws Exception {
    for (String client : List.of("a", "b", "c")) {
      assertThat(turns.enter(client, LONG)).isTrue();
    }
    for (int i = 0; i < 9; i++) {
      ask("w" + i);
    }
    assertThat(turns.enter("one more", LONG)).isFalse();
    for (int i = 0; i < 9; i++) {
      turns.leave(i < 3 ? List.of("a", "b", "c").get(i) : "w" + (i - 3));
      assertThat(next()).isEqualTo("w" + i);
    }
  }
}
