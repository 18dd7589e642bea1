package hinomi.alertengine.journal;

import hinomi.alertengine.silence.Silence;
import java.util.List;

/// Silences as they stand, expired ones included until they are forgotten.
public final class SilenceTable {
  private final AlertJournal journal;

  SilenceTable(AlertJournal journal) {
    this.journal = journal;
  }

  public static Row put(Silence silence) {
    return handle -> {
      String document = Documents.write(silence);
      long endsAt = silence.endsAt().toEpochMilli();
      int known =
          handle.execute(
              "update silence set ends_at = ?, document = ? where id = ?",
              endsAt,
              document,
              silence.id());
      if (known == 0) {
        handle.execute(
            "insert into silence (id, ends_at, document) values (?, ?, ?)",
            silence.id(),
            endsAt,
            document);
      }
    };
  }

  public static Row forget(Silence silence) {
    return handle -> handle.execute("delete from silence where id = ?", silence.id());
  }

  public List<Silence> all() {
    return journal.read(handle ->
        handle
            .createQuery("select document from silence order by ends_at, id")
            .map((row, _) -> Documents.read(row.getString("document"), Silence.class))
            .list());
  }
}
