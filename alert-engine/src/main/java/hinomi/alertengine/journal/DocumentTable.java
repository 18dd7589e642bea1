package hinomi.alertengine.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Things that stand until some time, each a document under its key. Whose they are knows what they
/// mean; here they are kept, with what else is written in a transaction. Any thread.
public final class DocumentTable<T> {
  private final AlertJournal journal;
  private final Shape<T> shape;

  /// How a thing is kept.
  ///
  /// @param table with the columns `key`, `ends_at` and `document`
  /// @param key column
  public record Shape<T>(
      String table,
      String key,
      Class<T> type,
      Function<T, String> keyOf,
      Function<T, Instant> endsAt) {}

  public DocumentTable(AlertJournal journal, Shape<T> shape) {
    this.journal = journal;
    this.shape = shape;
  }

  /// Writes a thing, in place of what stood under its key.
  public Row put(T thing) {
    return putAll(List.of(thing));
  }

  /// Writes many things, each in place of what stood under its key.
  public Row putAll(Collection<T> things) {
    Upsert upsert = new Upsert(shape.table(), List.of("ends_at", "document"), List.of(shape.key()));
    List<T> all = List.copyOf(things);
    return handle ->
        upsert.write(
            handle,
            all.stream()
                .map(thing ->
                    new Object[] {
                      shape.endsAt().apply(thing).toEpochMilli(),
                      Documents.write(thing),
                      shape.keyOf().apply(thing)
                    })
                .toList());
  }

  /// Forgets all that ended before a time.
  public Row forgetBefore(Instant time) {
    String sql = "delete from %s where ends_at < ?".formatted(shape.table());
    return handle -> handle.execute(sql, time.toEpochMilli());
  }

  /// What is kept under keys that begin so.
  ///
  /// @param prefix without `%` and `_`
  public List<T> under(String prefix) {
    String sql =
        "select document from %s where %s like :prefix order by ends_at, %s"
            .formatted(shape.table(), shape.key(), shape.key());
    return journal.read(handle ->
        handle
            .createQuery(sql)
            .bind("prefix", prefix + "%")
            .map((row, _) -> Documents.read(row.getString("document"), shape.type()))
            .list());
  }

  public Row forget(T thing) {
    String sql = "delete from %s where %s = ?".formatted(shape.table(), shape.key());
    return handle -> handle.execute(sql, shape.keyOf().apply(thing));
  }

  /// Everything that is kept, the first to end first.
  public List<T> all() {
    String sql =
        "select document from %s order by ends_at, %s".formatted(shape.table(), shape.key());
    return journal.read(handle ->
        handle
            .createQuery(sql)
            .map((row, _) -> Documents.read(row.getString("document"), shape.type()))
            .list());
  }
}
