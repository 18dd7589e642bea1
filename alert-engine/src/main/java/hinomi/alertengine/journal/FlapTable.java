package hinomi.alertengine.journal;

import hinomi.alertengine.noise.Flap;
import java.util.List;

/// Alerts that have changed more than once of late.
public final class FlapTable {
  private final AlertJournal journal;

  FlapTable(AlertJournal journal) {
    this.journal = journal;
  }

  /// @param key of the alert
  public static Row put(String key, Flap flap) {
    return handle -> {
      String document = Documents.write(flap);
      int known =
          handle.execute("update alert_flap set document = ? where alert = ?", document, key);
      if (known == 0) {
        handle.execute("insert into alert_flap (alert, document) values (?, ?)", key, document);
      }
    };
  }

  public static Row forget(String key) {
    return handle -> handle.execute("delete from alert_flap where alert = ?", key);
  }

  public List<Flap> all() {
    return journal.read(handle ->
        handle
            .createQuery("select document from alert_flap")
            .map((row, _) -> Documents.read(row.getString("document"), Flap.class))
            .list());
  }
}
