package hinomi.statuspage.render;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Everything that can be read, at one moment, by its address: a path without slashes at its ends.
/// What exists in two languages begins with `ja/` or `en/`.
///
/// @param seq number of the snapshot it shows
/// @param asOf when that was taken
/// @param expiresAt from when on `expired` is the truth
/// @param fresh what to serve before
/// @param expired what to serve from then on; the same addresses
public record Edition(
    long seq,
    Instant asOf,
    Instant expiresAt,
    Map<String, Sheet> fresh,
    Map<String, Sheet> expired) {
  public Edition {
    fresh = Map.copyOf(fresh);
    expired = Map.copyOf(expired);
  }

  public boolean expiredAt(Instant now) {
    return !now.isBefore(expiresAt);
  }

  public Optional<Sheet> find(String address, Instant now) {
    return Optional.ofNullable((expiredAt(now) ? expired : fresh).get(address));
  }
}
