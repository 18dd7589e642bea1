package hinomi.alertengine.deliver;

import java.time.Duration;

/// What became of an attempt.
public sealed interface Outcome {
  /// One line for the record of attempts; no credentials.
  String detail();

  /// The other side has taken it.
  record Sent(String detail) implements Outcome {}

  /// It may succeed later.
  ///
  /// @param after at least; zero when the other side did not say
  record Later(String detail, Duration after) implements Outcome {}

  /// It will never succeed.
  record Refused(String detail) implements Outcome {}
}
