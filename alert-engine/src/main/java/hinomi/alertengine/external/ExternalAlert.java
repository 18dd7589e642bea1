package hinomi.alertengine.external;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Member;
import hinomi.model.AlertEvent;
import hinomi.model.Labels;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// An alert of somebody else's, as it stands. Who it is, its labels say.
///
/// @param generatorUrl where its sender explains it; may be empty
/// @param startsAt since when it fires, as its sender says
/// @param endsAt when it is over unless it is sent again
/// @param updatedAt when it was last sent
/// @param timeout whether we set `endsAt`, as the sender did not
/// @param arrivedAt when it was first heard of in this firing
/// @param end why it is over, if it is
public record ExternalAlert(
    Labels labels,
    Map<String, String> annotations,
    String generatorUrl,
    Instant startsAt,
    Instant endsAt,
    Instant updatedAt,
    boolean timeout,
    Instant arrivedAt,
    End end) {
  /// Why an alert is over.
  public enum End {
    NOT_YET,
    /// Its sender said so.
    BY_SENDER,
    /// Its sender did not repeat it before the time that it had named, or that we had set.
    NOT_REPEATED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ExternalAlert {
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  public String fingerprint() {
    return "%016x".formatted(labels.fingerprint());
  }

  /// Whether it is not over yet.
  public boolean stands() {
    return end == End.NOT_YET;
  }

  /// This alert and what was just heard of it (Alertmanager, provider/mem and types.Alert.Merge):
  /// of firings that overlap the earliest start holds, and the latest end that a sender named.
  ExternalAlert then(ExternalAlert heard) {
    boolean overlap =
        isBetween(heard.endsAt, startsAt, endsAt) || isBetween(heard.startsAt, startsAt, endsAt);
    if (!overlap) {
      return heard;
    }
    boolean heardIsOver = !heard.endsAt.isAfter(heard.updatedAt);
    boolean oldEndHolds =
        endsAt.isAfter(heard.endsAt) && (heardIsOver ? !endsAt.isAfter(heard.updatedAt) : !timeout);
    return new ExternalAlert(
        heard.labels,
        heard.annotations,
        heard.generatorUrl,
        startsAt.isBefore(heard.startsAt) ? startsAt : heard.startsAt,
        oldEndHolds ? endsAt : heard.endsAt,
        heard.updatedAt,
        heard.timeout,
        stands() ? arrivedAt : heard.arrivedAt,
        heard.end);
  }

  private static boolean isBetween(Instant at, Instant after, Instant before) {
    return at.isAfter(after) && at.isBefore(before);
  }

  ExternalAlert over(End why) {
    return new ExternalAlert(
        labels, annotations, generatorUrl, startsAt, endsAt, updatedAt, timeout, arrivedAt, why);
  }

  /// With time for its sender to repeat it, since nobody could hear.
  ExternalAlert graceUntil(Instant at) {
    return endsAt.isBefore(at)
        ? new ExternalAlert(
            labels, annotations, generatorUrl, startsAt, at, updatedAt, true, arrivedAt, end)
        : this;
  }

  boolean saysTheSameAs(ExternalAlert other) {
    return annotations.equals(other.annotations) && generatorUrl.equals(other.generatorUrl);
  }

  Member member() {
    return new Member(
        Member.EXTERNAL,
        generatorUrl,
        labels,
        annotations,
        0,
        startsAt,
        stands() ? NEVER : endsAt,
        Member.Told.NOTHING);
  }

  AlertEvent event() {
    return new AlertEvent(
        fingerprint(),
        labels,
        annotations,
        stands() ? AlertEvent.State.FIRING : AlertEvent.State.RESOLVED,
        startsAt,
        stands() ? arrivedAt : endsAt,
        0);
  }
}
