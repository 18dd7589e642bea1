package hinomi.alertengine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.route.Route;
import hinomi.alertengine.state.Alert;
import hinomi.model.Labels;
import hinomi.sql.Database;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GroupTableTest {
  private final Database database = Database.temporary();

  @Test
  void only_members_that_are_not_as_they_were_are_written() {
    AlertJournal journal = new AlertJournal(database);
    PageGroup first = group("g", member("a", 1), member("b", 1), member("c", 1));
    write(journal, GroupChange.of(first));
    PageGroup second = group("g", member("a", 1), member("c", 2), member("d", 1));
    GroupChange change = GroupChange.of(Optional.of(first), second);
    assertThat(change.put()).containsExactly(member("c", 2), member("d", 1));
    assertThat(change.gone()).containsExactly(member("b", 1).key());
    write(journal, change);
    assertThat(journal.openGroups()).containsExactly(second);
    assertThat(List.copyOf(journal.openGroups().getFirst().members().values()))
        .containsExactly(member("a", 1), member("c", 2), member("d", 1));
    assertThat(journal.group("g")).contains(second);
    assertThat(journal.latestGroups(1)).containsExactly(second);
    assertThat(journal.group("h")).isEmpty();
  }

  @Test
  void groups_that_are_forgotten_leave_no_members() {
    AlertJournal journal = new AlertJournal(database);
    Instant end = Instant.ofEpochMilli(5_000);
    write(journal, GroupChange.of(group("g", member("a", 1)).closed(end)));
    assertThat(journal.prune(end)).isZero();
    assertThat(journal.prune(end.plusMillis(1))).isEqualTo(1);
    assertThat(
            journal.<Integer>read(handle ->
                handle.createQuery("select count(*) from group_member").mapTo(Integer.class).one()))
        .isZero();
  }

  private static void write(AlertJournal journal, GroupChange change) {
    journal.commit(
        new Batch(List.of(), List.of(), List.of(change), List.of(), List.of(), List.of()));
  }

  private static PageGroup group(String id, Member... members) {
    Map<String, Member> byKey = new LinkedHashMap<>();
    Stream.of(members).forEach(member -> byKey.put(member.key(), member));
    Instant at = Instant.ofEpochMilli(1_000);
    return PageGroup.open(
            id, Route.ofLadder(true, "default", Labels.EMPTY), at, new PageGroup.Origin(at, ""))
        .with(byKey);
  }

  private static Member member(String name, double value) {
    return new Member(
        "r",
        "e",
        Labels.of("i", name),
        Map.of("summary", name),
        value,
        Instant.ofEpochMilli(1_000),
        Alert.NEVER,
        Member.Told.NOTHING);
  }
}
