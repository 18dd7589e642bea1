package hinomi.alertengine.journal;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.state.Alert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/// Groups and their members: a row for the group, without its members, and a row for each of these.
final class GroupTable {
  private static final Upsert GROUPS =
      new Upsert("page_group", List.of("opened_at", "closed_at", "document"), List.of("id"));
  private static final Upsert MEMBERS =
      new Upsert("group_member", List.of("document"), List.of("group_id", "member"));
  private static final String OPEN = "closed_at = " + Alert.NEVER.toEpochMilli();

  private final AlertJournal journal;

  GroupTable(AlertJournal journal) {
    this.journal = journal;
  }

  static void put(Handle handle, List<GroupChange> changes) {
    List<Object[]> groups = new ArrayList<>();
    List<Object[]> members = new ArrayList<>();
    List<Object[]> gone = new ArrayList<>();
    for (GroupChange change : changes) {
      PageGroup group = change.group();
      groups.add(row(group));
      change.put().forEach(member -> members.add(row(group.id(), member)));
      change.gone().forEach(key -> gone.add(new Object[] {group.id(), key}));
    }
    GROUPS.write(handle, groups);
    forget(handle, gone);
    MEMBERS.write(handle, members);
  }

  private static Object[] row(PageGroup group) {
    return new Object[] {
      group.openedAt().toEpochMilli(),
      group.closedAt().toEpochMilli(),
      Documents.write(group.with(Map.of())),
      group.id()
    };
  }

  private static Object[] row(String group, Member member) {
    return new Object[] {Documents.write(member), group, member.key()};
  }

  private static void forget(Handle handle, List<Object[]> gone) {
    if (!gone.isEmpty()) {
      try (PreparedBatch batch =
          handle.prepareBatch("delete from group_member where group_id = ? and member = ?")) {
        gone.forEach(batch::add);
        int[] _ = batch.execute();
      }
    }
  }

  /// The first to open first.
  List<PageGroup> open() {
    return journal.read(handle -> {
      Map<String, Map<String, Member>> members =
          members(
              handle.createQuery(
                  "select m.group_id, m.document from group_member m"
                      + " join page_group g on g.id = m.group_id where g."
                      + OPEN
                      + " order by m.n"));
      return groups(
          handle.createQuery(
              "select id, document from page_group where " + OPEN + " order by opened_at"),
          members);
    });
  }

  /// The newest first.
  List<PageGroup> latest(int limit) {
    return journal.read(handle -> {
      List<PageGroup> newest =
          groups(
              handle
                  .createQuery(
                      "select id, document from page_group order by opened_at desc limit :limit")
                  .bind("limit", limit),
              Map.of());
      if (newest.isEmpty()) {
        return newest;
      }
      Map<String, Map<String, Member>> members =
          members(
              handle
                  .createQuery(
                      "select group_id, document from group_member where group_id in (<ids>)"
                          + " order by n")
                  .bindList("ids", newest.stream().map(PageGroup::id).toList()));
      return newest.stream()
          .map(group -> group.with(members.getOrDefault(group.id(), Map.of())))
          .toList();
    });
  }

  Optional<PageGroup> group(String id) {
    return journal.read(handle -> {
      Map<String, Map<String, Member>> members =
          members(
              handle
                  .createQuery(
                      "select group_id, document from group_member where group_id = :id order by n")
                  .bind("id", id));
      return groups(
              handle
                  .createQuery("select id, document from page_group where id = :id")
                  .bind("id", id),
              members)
          .stream()
          .findFirst();
    });
  }

  private static Map<String, Map<String, Member>> members(Query query) {
    Map<String, Map<String, Member>> byGroup = new LinkedHashMap<>();
    query
        .map((row, _) ->
            Map.entry(
                row.getString("group_id"), Documents.read(row.getString("document"), Member.class)))
        .forEach(entry ->
            byGroup
                .computeIfAbsent(entry.getKey(), _ -> new LinkedHashMap<>())
                .put(entry.getValue().key(), entry.getValue()));
    return byGroup;
  }

  private static List<PageGroup> groups(Query query, Map<String, Map<String, Member>> members) {
    return query
        .map((row, _) ->
            Documents.read(row.getString("document"), PageGroup.class)
                .with(members.getOrDefault(row.getString("id"), Map.of())))
        .list();
  }

  /// Forgets those that were closed before a time.
  static int prune(Handle handle, long before) {
    int _ =
        handle.execute(
            "delete from group_member where group_id in"
                + " (select id from page_group where closed_at < ?)",
            before);
    return handle.execute("delete from page_group where closed_at < ?", before);
  }
}
