package hinomi.alertengine.chronicle;

import hinomi.alertengine.PageEvent;
import hinomi.alertengine.PageListener;
import hinomi.alertengine.group.Acknowledgement;
import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.oncall.OnCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Says what became of pages. Everything is said from what the journal keeps, so that it reads the
/// same when it is said again after a restart.
public final class Chronicle {
  /// So many failures of a delivery are told, and the last; those between add nothing.
  private static final int TOLD_FAILURES = 3;

  private static final int MAX_DETAIL = 200;

  /// An event waits for its listener in memory: at a stop, only the newest can have been lost.
  private static final int SAID_AGAIN = 20;

  private final OnCall onCall;
  private final PageListener listener;

  public Chronicle(OnCall onCall, PageListener listener) {
    this.onCall = onCall;
    this.listener = listener;
  }

  /// A delivery with its attempts, as the journal has them.
  public record Attempted(Delivery delivery, List<Delivery.Attempt> attempts) {
    public Attempted {
      attempts = List.copyOf(attempts);
    }
  }

  /// An attempt has ended. That nobody needed it any more is not worth a line.
  public void attempted(Delivery delivery, Delivery.Attempt attempt) {
    say(events(delivery, attempt));
  }

  /// Decided pages leave; of these the steps that were taken for want of an answer are told.
  public void decided(List<Delivery> deliveries) {
    say(deliveries.stream().flatMap(delivery -> climbs(delivery).stream()).distinct().toList());
  }

  public void acknowledged(PageGroup group) {
    say(acknowledgements(group));
  }

  /// Says the newest of an open group again. What was said about an alert before it fired anew may
  /// belong to an incident that is over, and stays away.
  public void again(PageGroup group, List<Attempted> history) {
    List<PageEvent> events = new ArrayList<>(acknowledgements(group));
    for (Attempted one : history) {
      events.addAll(climbs(one.delivery()));
      one.attempts().forEach(attempt -> events.addAll(events(one.delivery(), attempt)));
    }
    Map<String, Instant> firing =
        group.members().values().stream()
            .collect(
                Collectors.toMap(
                    Member::fingerprint, Member::startsAt, (a, b) -> a.isAfter(b) ? a : b));
    List<PageEvent> still =
        events.stream()
            .map(event -> about(event, firing))
            .filter(event -> !event.fingerprints().isEmpty())
            .distinct()
            .sorted(Comparator.comparing(PageEvent::at))
            .toList();
    say(still.subList(Math.max(0, still.size() - SAID_AGAIN), still.size()));
  }

  private static PageEvent about(PageEvent event, Map<String, Instant> firing) {
    Set<String> left =
        event.fingerprints().stream()
            .filter(alert -> !firing.getOrDefault(alert, Instant.MAX).isAfter(event.at()))
            .collect(Collectors.toSet());
    return new PageEvent(left, event.at(), event.kind(), event.text());
  }

  private void say(List<PageEvent> events) {
    events.forEach(listener::told);
  }

  private List<PageEvent> events(Delivery delivery, Delivery.Attempt attempt) {
    String whom = onCall.nameOf(delivery.target()) + way(delivery.target());
    String why = " (" + words(delivery.notification().reason()) + ")";
    String result =
        (attempt.number() > 1 ? ", attempt " + attempt.number() : "")
            + ": "
            + line(attempt.detail());
    return switch (Delivery.State.valueOf(attempt.outcome())) {
      case SENT ->
          List.of(
              event(
                  delivery.notification().group(),
                  attempt.endedAt(),
                  PageEvent.Kind.DELIVERED,
                  "told " + whom + why + result));
      case FAILED, PENDING -> {
        boolean last = attempt.outcome().equals(Delivery.State.FAILED.name());
        yield last || attempt.number() <= TOLD_FAILURES
            ? List.of(
                event(
                    delivery.notification().group(),
                    attempt.endedAt(),
                    PageEvent.Kind.NOT_DELIVERED,
                    "could not tell "
                        + whom
                        + why
                        + result
                        + (last ? "; not tried again" : "; will be tried again")))
            : List.of();
      }
      case SENDING, SUPERSEDED -> List.of();
    };
  }

  private static List<PageEvent> climbs(Delivery delivery) {
    Notification told = delivery.notification();
    return told.reason() == Reason.ESCALATED
        ? List.of(
            event(
                told.group(),
                told.at(),
                PageEvent.Kind.ESCALATED,
                "not acknowledged: step %d of the ladder \"%s\""
                    .formatted(told.step() + 1, told.group().route().ladder())))
        : List.of();
  }

  private static List<PageEvent> acknowledgements(PageGroup group) {
    Acknowledgement given = group.acknowledgement();
    return given.isGiven()
        ? List.of(
            event(
                group,
                given.at(),
                PageEvent.Kind.ACKNOWLEDGED,
                "by "
                    + (given.by().isBlank() ? "somebody" : line(given.by()))
                    + (given.note().isBlank() ? "" : ": " + line(given.note()))))
        : List.of();
  }

  private static PageEvent event(PageGroup group, Instant at, PageEvent.Kind kind, String text) {
    return new PageEvent(
        group.members().values().stream().map(Member::fingerprint).collect(Collectors.toSet()),
        at,
        kind,
        text);
  }

  private static String way(String target) {
    return target.startsWith("person:") || target.startsWith("mail:")
        ? " by mail"
        : target.startsWith("channel:") || target.startsWith("hook:") ? " by webhook" : "";
  }

  private static String words(Reason reason) {
    return reason.word().replace('_', ' ');
  }

  private static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) + "…" : line;
  }
}
