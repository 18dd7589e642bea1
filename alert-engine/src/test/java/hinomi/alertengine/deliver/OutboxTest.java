package hinomi.alertengine.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.chronicle.Chronicle;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.AlertJournal;
import hinomi.alertengine.journal.Batch;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.Route;
import hinomi.model.Labels;
import hinomi.model.Unavailable;
import hinomi.sql.Database;
import hinomi.testkit.SimTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who sends a message, and when: what is handed over with the transaction that writes it, what is
/// found in the table, and both beside others at the same table.
final class OutboxTest {
  private static final Duration SOON = Duration.ofMillis(10);
  private static final int MANY = Outbox.MAX_IN_FLIGHT + 8;

  private final SimTime time = new SimTime();
  private final Database database = Database.temporary();
  private final AlertJournal journal = new AlertJournal(database);
  private final List<String> sent = new ArrayList<>();
  private final Deque<Outcome> outcomes = new ArrayDeque<>();
  private boolean wanted = true;
  private int written;

  @AfterEach
  void close() {
    database.close();
  }

  /// One at work, who has looked into the table once.
  private Outbox outbox(String name) {
    Outbox outbox = idle(name);
    outbox.wake();
    time.advance(SOON);
    return outbox;
  }

  private Outbox idle(String name) {
    return new Outbox(
        journal.outbox(),
        delivery -> {
          sent.add(name + " " + delivery.id());
          Outcome next = outcomes.poll();
          return next == null ? new Outcome.Sent("") : next;
        },
        new Pages() {
          @Override
          public boolean isWanted(Delivery delivery) {
            return wanted;
          }

          @Override
          public void unreachable(Delivery delivery) {}
        },
        time,
        new Outbox.Instruments(
            new SimpleMeterRegistry(),
            OpenTelemetry.noop().getTracer("test"),
            new Chronicle(new OnCall(Map.of(), Map.of(), Map.of()), _ -> {})));
  }

  private List<Delivery> messages(int count) {
    return IntStream.range(0, count).mapToObj(_ -> message("m" + written++)).toList();
  }

  private Delivery message(String id) {
    PageGroup.Origin origin = new PageGroup.Origin(time.now(), "");
    PageGroup group =
        PageGroup.open("g", Route.ofLadder(true, "default", Labels.EMPTY), time.now(), origin);
    return new Delivery(
        id,
        "g",
        "webhook",
        Delivery.State.PENDING,
        time.now(),
        0,
        time.now(),
        time.now(),
        "",
        new Notification(group, Reason.FIRST_ALERT, 0, time.now()));
  }

  private void write(List<Delivery> rows) {
    journal.commit(new Batch(List.of(), List.of(), List.of(), rows, List.of(), List.of()));
  }

  private void handOver(Outbox outbox, List<Delivery> messages) {
    try (Handover handover = outbox.handOver(messages)) {
      write(handover.rows());
      handover.written();
    }
  }

  private List<Delivery> rows() {
    return journal.outbox().ofGroup("g");
  }

  private static List<String> by(String name, List<Delivery> messages) {
    return messages.stream().map(message -> name + " " + message.id()).toList();
  }

  @Test
  void a_message_is_claimed_by_the_transaction_that_writes_it() {
    Outbox outbox = outbox("a");
    List<Delivery> messages = messages(2);
    handOver(outbox, messages);
    assertThat(rows())
        .allMatch(row -> row.state() == Delivery.State.SENDING)
        .allMatch(row -> row.attempts() == 1)
        .allMatch(row -> row.dueAt().equals(time.now().plus(Outbox.LEASE)));
    time.advance(SOON);
    assertThat(sent).isEqualTo(by("a", messages));
    assertThat(rows())
        .allMatch(row -> row.state() == Delivery.State.SENT)
        .allMatch(row -> row.attempts() == 1);
  }

  @Test
  void nobody_else_at_the_table_sends_what_is_claimed() {
    Outbox a = outbox("a");
    Outbox b = outbox("b");
    List<Delivery> messages = messages(2);
    try (Handover handover = a.handOver(messages)) {
      write(handover.rows());
      // The transaction has returned, but not yet to the one that made it.
      b.wake();
      time.advance(SOON);
      assertThat(sent).isEmpty();
      handover.written();
    }
    b.wake();
    time.advance(Outbox.LEASE.multipliedBy(2));
    assertThat(sent).isEqualTo(by("a", messages));
  }

  @Test
  void what_one_claimed_who_is_gone_another_sends_when_the_lease_ends() {
    Outbox gone = outbox("a");
    Outbox b = outbox("b");
    List<Delivery> messages = messages(1);
    Handover never = gone.handOver(messages);
    write(never.rows());
    b.wake();
    time.advance(Outbox.LEASE.minus(SOON));
    assertThat(sent).isEmpty();
    time.advance(SOON.multipliedBy(2));
    assertThat(sent).isEqualTo(by("b", messages));
  }

  @Test
  void who_comes_back_after_half_the_lease_asks_whether_it_is_still_his() {
    Outbox late = outbox("a");
    Outbox b = outbox("b");
    List<Delivery> messages = messages(1);
    try (Handover handover = late.handOver(messages)) {
      write(handover.rows());
      b.wake();
      time.advance(Outbox.LEASE.plus(SOON)); // a disk that hangs, a machine that is held up
      handover.written();
    }
    time.advance(SOON);
    assertThat(sent).isEqualTo(by("b", messages));
    assertThat(rows()).allMatch(row -> row.attempts() == 2);
  }

  @Test
  void and_sends_it_if_it_is() {
    Outbox late = outbox("a");
    List<Delivery> messages = messages(1);
    try (Handover handover = late.handOver(messages)) {
      write(handover.rows());
      time.advance(Outbox.LEASE.dividedBy(2).plus(SOON));
      handover.written();
    }
    time.advance(SOON);
    assertThat(sent).isEqualTo(by("a", messages));
    assertThat(rows()).allMatch(row -> row.state() == Delivery.State.SENT);
  }

  @Test
  void what_there_is_no_room_for_waits_in_the_table() {
    Outbox outbox = outbox("a");
    List<Delivery> messages = messages(MANY);
    handOver(outbox, messages);
    assertThat(rows())
        .filteredOn(row -> row.state() == Delivery.State.SENDING)
        .hasSize(Outbox.MAX_IN_FLIGHT);
    time.advance(SOON);
    assertThat(sent).containsExactlyInAnyOrderElementsOf(by("a", messages)).hasSize(MANY);
    assertThat(rows()).allMatch(row -> row.state() == Delivery.State.SENT);
  }

  @Test
  void nobody_overtakes_what_waits_in_the_table() {
    Outbox outbox = outbox("a");
    List<Delivery> flood = messages(MANY);
    try (Handover handover = outbox.handOver(flood)) {
      write(handover.rows());
      handover.written();
    }
    List<Delivery> next = messages(1);
    try (Handover handover = outbox.handOver(next)) {
      assertThat(handover.rows()).isEqualTo(next);
      write(handover.rows());
      handover.written();
    }
    time.advance(SOON);
    assertThat(sent).hasSize(MANY + 1).endsWith("a m" + MANY);
    assertThat(outbox.handOver(messages(1)).rows()).allMatch(row -> row.attempts() == 1);
  }

  @Test
  void before_it_has_looked_into_the_table_it_overtakes_nothing() {
    List<Delivery> older = messages(1);
    write(older);
    time.advance(SOON);
    Outbox outbox = idle("a");
    List<Delivery> newer = messages(1);
    handOver(outbox, newer);
    time.advance(SOON);
    assertThat(sent).containsExactly("a m0", "a m1");
  }

  @Test
  void a_transaction_that_fails_takes_up_no_room() {
    Outbox outbox = outbox("a");
    for (int i = 0; i < MANY; i++) {
      try (Handover handover = outbox.handOver(messages(3))) {
        assertThat(handover.rows()).allMatch(row -> row.state() == Delivery.State.SENDING);
        throw new Unavailable("the database fails");
      } catch (Unavailable _) {
        time.advance(SOON);
      }
    }
    assertThat(sent).isEmpty();
    List<Delivery> messages = messages(Outbox.MAX_IN_FLIGHT);
    handOver(outbox, messages);
    assertThat(rows()).allMatch(row -> row.state() == Delivery.State.SENDING);
  }

  @Test
  void what_was_written_by_a_transaction_that_seemed_to_fail_leaves_when_the_lease_ends() {
    Outbox outbox = outbox("a");
    List<Delivery> messages = messages(1);
    try (Handover handover = outbox.handOver(messages)) {
      write(handover.rows());
    }
    time.advance(Outbox.LEASE.plus(SOON));
    assertThat(sent).isEqualTo(by("a", messages));
  }

  @Test
  void one_that_is_closed_sends_what_it_has_claimed_and_claims_no_more() {
    Outbox leaving = outbox("a");
    List<Delivery> claimed = messages(1);
    List<Delivery> later = messages(1);
    try (Handover handover = leaving.handOver(claimed)) {
      leaving.close();
      write(handover.rows());
      handover.written();
    }
    handOver(leaving, later);
    Outbox next = outbox("b");
    next.wake();
    time.advance(Outbox.LEASE.multipliedBy(2));
    assertThat(sent).containsExactlyInAnyOrder("a m0", "b m1");
  }

  @Test
  void what_fails_is_tried_again_from_the_table() {
    Outbox outbox = outbox("a");
    outcomes.add(new Outcome.Later("", Duration.ZERO));
    outcomes.add(new Outcome.Later("", Duration.ofSeconds(30)));
    handOver(outbox, messages(1));
    time.advance(SOON);
    assertThat(sent).hasSize(1);
    time.advance(Duration.ofSeconds(2));
    assertThat(sent).hasSize(2);
    time.advance(Duration.ofSeconds(28));
    assertThat(sent).hasSize(2);
    time.advance(Duration.ofSeconds(4));
    assertThat(sent).hasSize(3);
    assertThat(rows()).allMatch(row -> row.state() == Delivery.State.SENT);
    assertThat(journal.outbox().attempts("m0"))
        .map(Delivery.Attempt::number)
        .containsExactly(1, 2, 3);
  }

  @Test
  void what_nobody_needs_is_not_sent() {
    Outbox outbox = outbox("a");
    wanted = false;
    handOver(outbox, messages(1));
    wanted = true; // asked when it was written
    time.advance(SOON);
    assertThat(sent).isEmpty();
    assertThat(rows()).allMatch(row -> row.state() == Delivery.State.SUPERSEDED);
  }
}
