package hinomi.oncall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hinomi.model.BadInput;
import hinomi.model.Missing;
import hinomi.oncall.answer.OnDuty;
import hinomi.oncall.change.Change;
import hinomi.oncall.change.Change.Signature;
import hinomi.oncall.change.Change.State;
import hinomi.oncall.change.ChangeTable.Outcome;
import hinomi.oncall.change.Step;
import hinomi.oncall.change.What;
import hinomi.oncall.coverage.Difference;
import hinomi.oncall.roster.Roster;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.Turn;
import hinomi.settings.Mistakes;
import hinomi.sql.Database;
import hinomi.testkit.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OnCallSchedulesTest {
  static final String FILE =
      """
      people: [{id: ann}, {id: bob}, {id: cid}, {id: lead}]
      schedules:
        - id: s
          zone: UTC
          %s
          layers: [{id: weekly, from: 2026-03-02T00:00, every: week, people: [ann, bob]}]
      """;

  private final SimTime time = new SimTime(); // 2026-03-02, a Monday
  private final Database database = Database.temporary();
  private final List<RosterChange> told = new ArrayList<>();
  private OnCallSchedules schedules = open("swap-approval: []");

  static Roster roster(String more) {
    Mistakes mistakes = new Mistakes();
    Roster roster = Roster.parse(Map.of("a.yaml", FILE.formatted(more)), mistakes);
    mistakes.throwIfAny();
    return roster;
  }

  static OnCallConfig config() {
    return new OnCallConfig(Duration.ofDays(30), Duration.ofDays(180), Duration.ofDays(364));
  }

  private OnCallSchedules open(String more) {
    return new OnCallSchedules(config(), roster(more), database, time, told::add);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Instant day(int day) {
    return Instant.parse("2026-03-%02dT00:00:00Z".formatted(day));
  }

  private Change change(int from, int to, What what, String who) {
    return new Change(
        "s", new Span(day(from), day(to)), what, new Signature(who, time.now(), "a reason"));
  }

  private Change standIn(int from, int to, String person) {
    return schedules.make(change(from, to, new What.StandIn(person, ""), "lead"));
  }

  private Signature by(String who) {
    return new Signature(who, time.now(), "");
  }

  private State step(Change change, Step step, String who) {
    Outcome outcome = schedules.step("s", change.id(), change.version(), step, by(who));
    return ((Outcome.Done) outcome).change().state();
  }

  private String who(int day) {
    return String.join(",", schedules.people("s", day(day)));
  }

  @Test
  void anOverrideHoldsAtOnceAndAfterARestart() {
    Change change = standIn(3, 5, "cid");
    assertThat(who(2)).isEqualTo("ann");
    assertThat(who(3)).isEqualTo("cid");
    assertThat(who(5)).isEqualTo("ann");

    schedules = open("swap-approval: []");
    OnDuty duty = schedules.at("s", day(4));
    assertThat(duty.person()).isEqualTo("cid");
    assertThat(duty.reason()).isEqualTo(new hinomi.oncall.answer.Reason.StandIn(change.id()));
    assertThat(duty.since()).contains(day(3));
    assertThat(duty.until()).contains(day(5));
    assertThat(duty.next()).isEqualTo("ann");
  }

  @Test
  void whomAChangeConcernsIsTold() {
    Change _ = standIn(3, 5, "cid");
    Difference difference = told.getFirst().difference();
    assertThat(
            difference.effects().entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue().balance()))
        .containsExactly("ann PT-48H", "cid PT48H");
  }

  @Test
  void aPreviewChangesNothing() {
    Difference difference = schedules.preview(change(3, 5, new What.StandIn("cid", ""), "lead"));
    assertThat(difference.moves()).hasSize(1);
    assertThat(who(3)).isEqualTo("ann");
    assertThat(schedules.changes("s")).isEmpty();
  }

  @Test
  void thePastStaysAsItWas() {
    Change change = standIn(3, 6, "cid");
    time.advanceTo(day(4));
    assertThat(step(change, Step.WITHDRAW, "lead")).isEqualTo(State.WITHDRAWN);
    assertThat(who(3)).isEqualTo("cid");
    assertThat(who(4)).isEqualTo("ann");

    Change late = standIn(2, 5, "bob"); // began two days ago: it begins now
    assertThat(late.span().from()).isEqualTo(day(4));
    assertThat(who(3)).isEqualTo("cid");
    assertThatThrownBy(() -> standIn(2, 3, "bob"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("over already");

    schedules = open("swap-approval: []");
    assertThat(who(3)).isEqualTo("cid");
    assertThat(who(4)).isEqualTo("bob");
    assertThat(who(5)).isEqualTo("ann");
  }

  @Test
  void whatWasWithdrawnBeforeItBeganNeverCounts() {
    Change change = standIn(3, 6, "cid");
    assertThat(step(change, Step.WITHDRAW, "lead")).isEqualTo(State.WITHDRAWN);
    assertThat(who(3)).isEqualTo("ann");
    schedules = open("swap-approval: []");
    assertThat(who(3)).isEqualTo("ann");
  }

  @Test
  void aSwapWaitsForThePartner() {
    What swap = new What.Swap("ann", "bob", Optional.of(new Span(day(10), day(11))));
    Change change = schedules.make(change(3, 4, swap, "ann"));
    assertThat(change.state()).isEqualTo(State.PROPOSED);
    assertThat(told).hasSize(1); // the partner must learn of it
    assertThat(who(3)).isEqualTo("ann");
    assertThatThrownBy(() -> step(change, Step.ACCEPT, "cid")).isInstanceOf(BadInput.class);

    assertThat(step(change, Step.ACCEPT, "bob")).isEqualTo(State.IN_FORCE);
    assertThat(who(3)).isEqualTo("bob");
    assertThat(who(10)).isEqualTo("ann");
    assertThat(who(11)).isEqualTo("bob");
  }

  @Test
  void aSwapWaitsForApprovalWhereTheScheduleWantsOne() {
    schedules = open("swap-approval: [lead]");
    What swap = new What.Swap("ann", "bob", Optional.empty());
    Change change = schedules.make(change(3, 4, swap, "ann"));
    assertThat(step(change, Step.ACCEPT, "bob")).isEqualTo(State.ACCEPTED);
    assertThat(who(3)).isEqualTo("ann");
    Change accepted = schedules.changes("s").getFirst();
    assertThatThrownBy(() -> step(accepted, Step.APPROVE, "bob")).isInstanceOf(BadInput.class);
    assertThat(step(accepted, Step.APPROVE, "lead")).isEqualTo(State.IN_FORCE);
    assertThat(who(3)).isEqualTo("bob");
    assertThat(
            schedules.entries("s", 10).stream()
                .map(entry -> entry.version() + " " + entry.action() + " " + entry.signed().who()))
        .containsExactly("3 approved lead", "2 accepted bob", "1 made ann");
  }

  @Test
  void aSwapThatIsDeclinedNeverCounts() {
    What swap = new What.Swap("ann", "bob", Optional.empty());
    Change change = schedules.make(change(3, 4, swap, "ann"));
    assertThat(step(change, Step.DECLINE, "bob")).isEqualTo(State.DECLINED);
    assertThat(who(3)).isEqualTo("ann");
    Change declined = schedules.changes("s").getFirst();
    assertThatThrownBy(() -> step(declined, Step.ACCEPT, "bob")).isInstanceOf(BadInput.class);
  }

  @Test
  void whoDecidedOnSomethingOldIsToldSo() {
    Change change = standIn(3, 6, "cid");
    assertThat(step(change, Step.WITHDRAW, "lead")).isEqualTo(State.WITHDRAWN);
    Outcome second = schedules.step("s", change.id(), change.version(), Step.WITHDRAW, by("ann"));
    assertThat(second).isInstanceOf(Outcome.Outdated.class);
    assertThat(schedules.entries("s", 10)).hasSize(2);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> standIn(3, 5, "cidd"))
        .isInstanceOf(BadInput.class)
        .hasMessage("person: no person has the id \"cidd\", did you mean \"cid\"?");
    assertThatThrownBy(() -> schedules.make(change(3, 5, new What.StandIn("cid", "bob"), "lead")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("bob is not on duty");
    assertThatThrownBy(() ->
            schedules.make(
                change(
                    3,
                    5,
                    new What.Temporary(
                        List.of(
                            new Turn(new Span(day(3), day(5)), "ann"),
                            new Turn(new Span(day(4), day(5)), "bob"))),
                    "lead")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("begins before the one before it ends");
    assertThatThrownBy(() -> schedules.at("t", day(3))).isInstanceOf(Missing.class);
    assertThat(schedules.entries("s", 10)).isEmpty();
  }

  @Test
  void aTemporaryRosterIsThereAfterARestart() {
    What what =
        new What.Temporary(
            List.of(
                new Turn(new Span(day(3), day(4)), "cid"),
                new Turn(new Span(day(5), day(6)), "lead")));
    Change _ = schedules.make(change(3, 6, what, "lead"));
    schedules = open("fallback: lead");
    assertThat(List.of(who(2), who(3), who(4), who(5), who(6)))
        .containsExactly("ann", "cid", "lead", "lead", "ann");
  }

  @Test
  void anotherRosterTellsWhoGetsAndLosesWhat() {
    Mistakes mistakes = new Mistakes();
    String file = FILE.formatted("fallback: lead").replace("[ann, bob]", "[ann, cid]");
    assertThat(schedules.preview("s", file).effects().keySet()).containsExactly("bob", "cid");
    schedules.replace(Roster.parse(Map.of("a.yaml", file), mistakes));
    assertThat(told.getLast().difference().effects().keySet()).containsExactly("bob", "cid");
    assertThat(told.getLast().change()).isEmpty();
    assertThat(who(10)).isEqualTo("cid");
    assertThatThrownBy(() -> schedules.preview("s", file.replace("week,", "weak,")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("preview:6:");
  }

  @Test
  void noticesAreThoseOfAllSchedules() {
    assertThat(schedules.notices(day(2), day(9)).stream().map(n -> n.kind() + " " + n.person()))
        .containsExactly("ENDS ann", "BEGINS bob");
  }
}
