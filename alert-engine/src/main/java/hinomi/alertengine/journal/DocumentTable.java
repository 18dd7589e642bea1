package hinomi.alertengine.journal;

import java.time.Instant;
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
    return handle -> {
      String document = Documents.write(thing);
      long endsAt = shape.endsAt().apply(thing).toEpochMilli();
      String key = shape.keyOf().apply(thing);
      int known =
          handle.execute(
              "update %s set ends_at = ?, document = ? where %s = ?"
                  .formatted(shape.table(), shape.key()),
              endsAt,
              document,
              key);
      if (known == 0) {
        handle.execute(
            "insert into %s (%s, ends_at, document) values (?, ?, ?)"
                .formatted(shape.table(), shape.key()),
            key,
            endsAt,
            document);
      }
    };
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
