package hinomi.alertengine.group;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.state.Alert;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// An alert in a group, as it is told.
///
/// @param rule id of its rule, or [#EXTERNAL]
/// @param expression of its rule; for what others sent, the address where the sender explains it
/// @param startsAt since when it fires
/// @param endsAt when it was resolved, or [Alert#NEVER]
/// @param flapping that it comes and goes; then it counts as firing
public record Member(
    String rule,
    String expression,
    Labels labels,
    Map<String, String> annotations,
    double value,
    Instant startsAt,
    Instant endsAt,
    Told told,
    Flapping flapping) {
  /// Stands for the rule of an alert that others evaluate and send here.
  public static final String EXTERNAL = "external";

  /// What those who are told know about it.
  public enum Told {
    NOTHING,
    FIRING,
    /// That it fires; since then it has been muted, and is news again as soon as it is not.
    HUSHED,
    /// That it fires; since then it has begun to come and go, or has ceased to.
    CHANGED
  }

  public Member {
    flapping = flapping == null ? Flapping.NONE : flapping; // rows of earlier versions have none
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /// One that does not flap.
  public Member(
      String rule,
      String expression,
      Labels labels,
      Map<String, String> annotations,
      double value,
      Instant startsAt,
      Instant endsAt,
      Told told) {
    this(rule, expression, labels, annotations, value, startsAt, endsAt, told, Flapping.NONE);
  }

  public static Member of(String rule, String expression, Alert alert) {
    return new Member(
        rule,
        expression,
        alert.labels(),
        alert.annotations(),
        alert.value(),
        alert.firedAt(),
        alert.resolvedAt(),
        Told.NOTHING);
  }

  /// Two rules may raise alerts with equal labels.
  public String key() {
    return rule + "/" + fingerprint();
  }

  public String fingerprint() {
    return HexFormat.of().toHexDigits(labels.fingerprint());
  }

  /// Whether others evaluate it.
  public boolean isExternal() {
    return rule.equals(EXTERNAL);
  }

  public boolean isFiring() {
    return endsAt.equals(NEVER);
  }

  /// Whether those who were told of it do not know yet that it is over.
  public boolean isGone() {
    return !isFiring() && told != Told.NOTHING;
  }

  /// It may not be told for now.
  Member hushed() {
    return isFiring() && told == Told.FIRING ? knownAs(Told.HUSHED) : this;
  }

  /// The same, which comes and goes.
  public Member flapping(Flapping how) {
    return new Member(rule, expression, labels, annotations, value, startsAt, NEVER, told, how);
  }

  /// The same with what is known of it from before.
  Member after(Member before) {
    boolean turned = flapping.isGiven() != before.flapping.isGiven();
    return knownAs(isFiring() && turned && before.told == Told.FIRING ? Told.CHANGED : before.told);
  }

  Member knownAs(Told newTold) {
    return told == newTold
        ? this
        : new Member(
            rule, expression, labels, annotations, value, startsAt, endsAt, newTold, flapping);
  }
}
