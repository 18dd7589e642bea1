package hinomi.oncall.rotation;

import java.time.Instant;

/// Somebody's turn.
///
/// @param person id
public record Turn(Span span, String person) {
  /// Written in place of a person where a slot is empty: what is below counts there.
  public static final String NOBODY = "none";

  public Instant from() {
    return span.from();
  }

  public Instant to() {
    return span.to();
  }
}
