package hinomi.alertengine.journal;

import hinomi.alertengine.external.ExternalAlert;
import java.util.List;

/// Alerts that others sent, as they were sent last; resolved ones until they are forgotten.
public final class ExternalTable {
  private final AlertJournal journal;

  ExternalTable(AlertJournal journal) {
    this.journal = journal;
  }

  public static Row put(ExternalAlert alert) {
    return handle -> {
      String document = Documents.write(alert);
      long endsAt = alert.endsAt().toEpochMilli();
      int known =
          handle.execute(
              "update external_alert set ends_at = ?, document = ? where fingerprint = ?",
              endsAt,
              document,
              alert.fingerprint());
      if (known == 0) {
        handle.execute(
            "insert into external_alert (fingerprint, ends_at, document) values (?, ?, ?)",
            alert.fingerprint(),
            endsAt,
            document);
      }
    };
  }

  public static Row forget(ExternalAlert alert) {
    return handle ->
        handle.execute("delete from external_alert where fingerprint = ?", alert.fingerprint());
  }

  public List<ExternalAlert> all() {
    return journal.read(handle ->
        handle
            .createQuery("select document from external_alert order by fingerprint")
            .map((row, _) -> Documents.read(row.getString("document"), ExternalAlert.class))
            .list());
  }
}
