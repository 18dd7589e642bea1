package hinomi.oncall.ical;

import hinomi.model.Missing;
import hinomi.sql.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// The secret addresses of feeds. Of a secret only its hash is kept: it is told once, when it is
/// made, and a copy of the database gives none away. Any thread.
public final class FeedTable {
  private static final int SECRET_BYTES = 32;

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  /// @param database with the tables of [hinomi.oncall.change.ChangeTable]
  public FeedTable(Database database) {
    this.database = database;
  }

  /// An address that is good until it is revoked.
  ///
  /// @param person only this one's duties; empty for all
  public record Address(long id, String schedule, String person, String madeBy, Instant madeAt) {}

  /// A new address with its secret.
  public record Issued(Address address, String secret) {}

  public Issued issue(String schedule, String person, String who, Instant now) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    long id =
        database.write(handle ->
            handle
                .createUpdate(
                    """
                    insert into oncall_feeds
                      (schedule, person, secret_hash, made_by, made_at, revoked_by, revoked_at)
                    values (:schedule, :person, :hash, :who, :at, '', 0)
                    """)
                .bind("schedule", schedule)
                .bind("person", person)
                .bind("hash", Feed.hash(secret))
                .bind("who", who)
                .bind("at", now.toEpochMilli())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one());
    return new Issued(new Address(id, schedule, person, who, now), secret);
  }

  /// Those of a schedule that are good.
  public List<Address> of(String schedule) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from oncall_feeds where schedule = :schedule and revoked_by = ''"
                    + " order by id")
            .bind("schedule", schedule)
            .map((row, _) -> address(row))
            .list());
  }

  /// Whose secret this is; one that was never made, or is revoked, is [Missing] without saying
  /// which.
  public Address of(Secret secret) {
    return database
        .read(handle ->
            handle
                .createQuery(
                    "select * from oncall_feeds where secret_hash = :hash and revoked_by = ''")
                .bind("hash", Feed.hash(secret.text()))
                .map((row, _) -> address(row))
                .findFirst())
        .orElseThrow(() -> new Missing("there is no such calendar"));
  }

  /// Never written to a log.
  public record Secret(String text) {
    @Override
    public String toString() {
      return "Secret";
    }
  }

  /// From now on it is not good any more.
  public void revoke(String schedule, long id, String who, Instant now) {
    int revoked =
        database.write(handle ->
            handle.execute(
                "update oncall_feeds set revoked_by = ?, revoked_at = ?"
                    + " where id = ? and schedule = ? and revoked_by = ''",
                who,
                now.toEpochMilli(),
                id,
                schedule));
    if (revoked == 0) {
      throw new Missing("there is no feed " + id + " that could be revoked");
    }
  }

  private static Address address(ResultSet row) throws SQLException {
    return new Address(
        row.getLong("id"),
        row.getString("schedule"),
        row.getString("person"),
        row.getString("made_by"),
        Instant.ofEpochMilli(row.getLong("made_at")));
  }
}
