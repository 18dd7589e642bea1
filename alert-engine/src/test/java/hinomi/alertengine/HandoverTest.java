package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.external.PostedAlert;
import hinomi.alertengine.journal.Delivery;
import hinomi.model.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A page that is written and claimed, but has not left, when the engine takes up another
/// configuration, or its process is killed.
final class HandoverTest {
  private static final Duration SOON = Duration.ofMillis(10);

  private final World world = new World();
  private Peer peer;

  @BeforeEach
  void start() throws IOException {
    peer = new Peer();
    world.delivery = "webhook: {url: '%s'}".formatted(peer.url());
    world.rules("groups: []");
    world.onCall(
        """
        people: [{id: a, mail: a@x.example}]
        ladders: [{id: default, steps: [{notify: [{person: a}]}]}]
        """);
  }

  @AfterEach
  void stop() {
    world.close();
    peer.close();
  }

  private void claim() {
    world
        .engine()
        .desk()
        .external()
        .receive(
            List.of(
                new PostedAlert(
                    Labels.of("alertname", "Slow", "severity", "page"),
                    Map.of(),
                    Optional.of(world.begin),
                    Optional.of(world.begin.plus(Duration.ofHours(1))),
                    "")));
    assertThat(world.deliveries())
        .isNotEmpty()
        .allMatch(delivery -> delivery.state() == Delivery.State.SENDING)
        .allMatch(delivery -> delivery.attempts() == 1);
    assertThat(peer.got()).isEmpty();
  }

  private void toldOnce(int attempts) throws IOException {
    assertThat(peer.got()).hasSize(1);
    assertThat(world.mails()).hasSize(1);
    assertThat(world.deliveries())
        .allMatch(delivery -> delivery.state() == Delivery.State.SENT)
        .allMatch(delivery -> delivery.attempts() == attempts);
  }

  @Test
  void at_a_reload_the_leaving_run_sends_it_and_the_next_does_not() throws IOException {
    AlertEngine _ = world.start();
    world.goTo(SOON);
    claim();
    world.reload();
    world.goTo(SOON.multipliedBy(2));
    toldOnce(1);
    world.goTo(Duration.ofMinutes(5));
    toldOnce(1);
  }

  @Test
  void after_a_kill_the_next_process_sends_it_at_once() throws IOException {
    MortalTime process = new MortalTime(world.time, Long.MAX_VALUE);
    world.clock = process;
    AlertEngine _ = world.start();
    world.goTo(SOON);
    claim();
    process.end();
    world.abandon();
    world.clock = world.time;
    AlertEngine _ = world.start();
    world.goTo(SOON.multipliedBy(2));
    toldOnce(2);
    world.goTo(Duration.ofMinutes(5));
    toldOnce(2);
  }

  @Test
  void after_a_stop_the_next_start_sends_it_at_once() throws IOException {
    MortalTime process = new MortalTime(world.time, Long.MAX_VALUE);
    world.clock = process;
    AlertEngine _ = world.start();
    world.goTo(SOON);
    claim();
    world.stop();
    process.end(); // what was planned is not done after the end
    world.clock = world.time;
    AlertEngine _ = world.start();
    world.goTo(SOON.multipliedBy(2));
    toldOnce(2);
  }
}
