package hinomi.oncall.answer;

import hinomi.oncall.rotation.Span;
import java.time.Instant;

/// Somebody is on duty for some time, for one reason.
///
/// @param person id, or empty for nobody
public record Duty(Span span, String person, Reason reason) {
  public Instant from() {
    return span.from();
  }

  public Instant to() {
    return span.to();
  }

  public boolean isGap() {
    return person.isEmpty();
  }

  Duty cut(Instant from, Instant to) {
    return new Duty(new Span(from, to), person, reason);
  }

  boolean continues(Duty before) {
    return before.to().equals(from())
        && before.person().equals(person)
        && before.reason().equals(reason);
  }
}
