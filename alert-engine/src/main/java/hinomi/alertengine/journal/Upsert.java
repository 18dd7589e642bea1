package hinomi.alertengine.journal;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Writes rows in place of those that stand under their keys, many in one go: first all are
/// updated, then those that were not there are added.
///
/// @param values columns that change
/// @param keys columns of the primary key; a row has the values first, then the keys
record Upsert(String table, List<String> values, List<String> keys) {
  Upsert {
    values = List.copyOf(values);
    keys = List.copyOf(keys);
  }

  /// Of several rows with one key the last counts.
  void write(Handle handle, Collection<Object[]> rows) {
    Map<List<Object>, Object[]> last = new LinkedHashMap<>();
    rows.forEach(row -> last.put(Arrays.asList(row).subList(values.size(), row.length), row));
    List<Object[]> all = List.copyOf(last.values());
    int[] known = run(handle, update(), all);
    List<Object[]> fresh =
        Stream.iterate(0, i -> i < known.length, i -> i + 1)
            .filter(i -> known[i] == 0)
            .map(all::get)
            .toList();
    int[] _ = run(handle, insert(), fresh);
  }

  private static int[] run(Handle handle, String sql, List<Object[]> rows) {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedBatch batch = handle.prepareBatch(sql)) {
      rows.forEach(batch::add);
      return batch.execute();
    }
  }

  private String update() {
    return "update %s set %s where %s".formatted(table, given(values, ", "), given(keys, " and "));
  }

  private static String given(List<String> columns, String between) {
    return columns.stream().map(column -> column + " = ?").collect(Collectors.joining(between));
  }

  private String insert() {
    List<String> all = Stream.concat(values.stream(), keys.stream()).toList();
    return "insert into %s (%s) values (%s)"
        .formatted(
            table, String.join(", ", all), String.join(", ", Collections.nCopies(all.size(), "?")));
  }
}
