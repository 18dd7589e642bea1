package hinomi.alertengine.silence;

import static hinomi.alertengine.state.Alert.NEVER;

import hinomi.alertengine.group.Member;
import hinomi.alertengine.group.Notification;
import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.group.Reason;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.oncall.Person;
import hinomi.alertengine.route.PageTimes;
import hinomi.alertengine.route.Route;
import hinomi.model.Labels;
import hinomi.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Writes to the owner of a silence: that it is about to end though something fires under it, or
/// that it was ended since nothing did. An owner who is nobody's name, id or mail address among the
/// people on call is told by way of the default ladder's first step.
record SilenceNotes(OnCall onCall) {
  private static final String RULE = "hinomi/silences";
  private static final PageTimes AT_ONCE =
      new PageTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofDays(1));

  /// A note as the tables take it.
  record Note(PageGroup group, List<Delivery> deliveries) {}

  Note ending(Silence silence, int firing, Instant now) {
    String left = Durations.print(Duration.ofMinutes(minutes(now, silence.endsAt())));
    return note(
        silence,
        new Words(
            "SilenceEnding",
            "Silence %s ends in %s; %d alerts under it still fire and will be told then"
                .formatted(silence.matcherText(), left, firing),
            "サイレンス %s はあと%sで終了します。抑止中のアラート%d件が継続しており、終了後に通知されます"
                .formatted(silence.matcherText(), left, firing)),
        now);
  }

  private static long minutes(Instant from, Instant to) {
    return Math.max(1, Duration.between(from, to).toMinutes());
  }

  Note idle(Silence silence, Duration idle, Instant now) {
    return note(
        silence,
        new Words(
            "SilenceIdle",
            "Silence %s was ended: for %s it has matched nothing"
                .formatted(silence.matcherText(), Durations.print(idle)),
            "サイレンス %s を終了しました。%sの間、該当するアラートがありませんでした"
                .formatted(silence.matcherText(), Durations.print(idle))),
        now);
  }

  private record Words(String name, String en, String ja) {}

  private Note note(Silence silence, Words words, Instant now) {
    Labels labels =
        Labels.of(
            Map.of(
                "alertname", words.name(), "silence", silence.id(), "owner", silence.createdBy()));
    Map<String, String> annotations =
        Map.of("summary", words.en(), "summary_ja", words.ja(), "description", silence.comment());
    Member member =
        new Member(
            RULE, "", labels, annotations, 0, silence.startsAt(), NEVER, Member.Told.NOTHING);
    PageGroup group =
        PageGroup.open(
                UUID.randomUUID().toString(),
                Route.ofLadder(false, OnCall.DEFAULT, labels),
                now,
                new PageGroup.Origin(now, ""))
            .with(List.of(member), new PageGroup.Origin(now, ""), AT_ONCE, now)
            .closed(now);
    Notification notification = new Notification(group, Reason.NOTE, 0, now);
    List<Delivery> deliveries =
        targets(silence.createdBy()).stream()
            .map(target ->
                new Delivery(
                    UUID.randomUUID().toString(),
                    group.id(),
                    target,
                    Delivery.State.PENDING,
                    now,
                    0,
                    now,
                    now,
                    "",
                    notification))
            .toList();
    return new Note(group, deliveries);
  }

  private List<String> targets(String owner) {
    return onCall.people().values().stream()
        .filter(person -> names(person, owner))
        .findFirst()
        .map(person -> List.of("person:" + person.id()))
        .orElseGet(() -> onCall.ladder(OnCall.DEFAULT).step(0).targets());
  }

  private static boolean names(Person person, String owner) {
    return owner.equalsIgnoreCase(person.id())
        || owner.equalsIgnoreCase(person.mail())
        || owner.equals(person.name().ja())
        || owner.equalsIgnoreCase(person.name().en());
  }
}
