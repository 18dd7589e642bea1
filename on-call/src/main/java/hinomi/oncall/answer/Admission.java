package hinomi.oncall.answer;

import hinomi.model.BadInput;
import hinomi.oncall.change.Change;
import hinomi.oncall.change.What;
import hinomi.oncall.roster.Roster;
import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.Turn;
import hinomi.settings.DidYouMean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Judges a change before it is made: who is named exists, and it would change something. One use.
public final class Admission {
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int MAX_TURNS = 2_000;

  private final Roster roster;
  private final Timeline present;

  public Admission(Roster roster, Timeline present) {
    this.roster = roster;
    this.present = present;
  }

  /// The change as it can be made: it begins now at the earliest, for who was on duty does not
  /// change afterwards.
  ///
  /// @throws BadInput with what is wrong
  public Change judged(Change change, Instant now) {
    if (change.made().who().isBlank()) {
      throw new BadInput("by: say who makes the change");
    }
    if (change.made().reason().isBlank()) {
      throw new BadInput("reason: say why");
    }
    Span span = ahead("from", change.span(), now);
    What what =
        switch (change.what()) {
          case What.StandIn standIn -> standIn(standIn, span);
          case What.Swap swap -> swap(swap, span, change.made().who(), now);
          case What.Temporary temporary -> temporary(temporary, change.span(), span);
        };
    return new Change(change.schedule(), span, what, change.made());
  }

  private static Span ahead(String key, Span span, Instant now) {
    if (!span.to().isAfter(now)) {
      throw new BadInput(key + ": it would be over already");
    }
    if (span.isEmpty() || span.length().compareTo(LONGEST) > 0) {
      throw new BadInput(key + ": expected more than nothing and at most 366 days");
    }
    return span.from().isBefore(now) ? new Span(now, span.to()) : span;
  }

  private What standIn(What.StandIn standIn, Span span) {
    known("person", standIn.person());
    if (!standIn.insteadOf().isEmpty()) {
      known("instead-of", standIn.insteadOf());
      onDuty("instead-of", standIn.insteadOf(), span);
    }
    return standIn;
  }

  private What swap(What.Swap swap, Span span, String who, Instant now) {
    known("asks", swap.asks());
    known("partner", swap.partner());
    if (swap.asks().equals(swap.partner())) {
      throw new BadInput("partner: nobody swaps with themselves");
    }
    if (!who.equals(swap.asks())) {
      throw new BadInput("by: a swap is asked for by the person who is on duty, " + swap.asks());
    }
    onDuty("asks", swap.asks(), span);
    return new What.Swap(
        swap.asks(),
        swap.partner(),
        swap.inReturn()
            .map(back -> {
              Span later = ahead("return", back, now);
              onDuty("partner", swap.partner(), later);
              return later;
            }));
  }

  /// @param span from now on
  private What temporary(What.Temporary temporary, Span whole, Span span) {
    List<Turn> turns = temporary.turns();
    if (turns.size() > MAX_TURNS) {
      throw new BadInput("turns: more than " + MAX_TURNS);
    }
    Instant end = Instant.MIN;
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      known("turns[" + i + "].person", turn.person());
      if (turn.from().isBefore(end)) {
        throw new BadInput("turns[" + i + "].from: begins before the one before it ends");
      }
      if (!turn.span().overlaps(whole)) {
        throw new BadInput("turns[" + i + "]: lies outside of the change, or lasts for nothing");
      }
      end = turn.to();
    }
    return new What.Temporary(
        turns.stream()
            .filter(turn -> turn.span().overlaps(span))
            .map(turn -> new Turn(turn.span().within(span), turn.person()))
            .toList());
  }

  private void known(String key, String person) {
    if (!roster.people().containsKey(person)) {
      throw new BadInput(
          key
              + ": no person has the id \""
              + person
              + "\""
              + DidYouMean.hint(person, roster.people().keySet()));
    }
  }

  private void onDuty(String key, String person, Span span) {
    if (present.duties(span).stream().noneMatch(duty -> duty.person().equals(person))) {
      throw new BadInput(
          key + ": " + person + " is not on duty between " + span.from() + " and " + span.to());
    }
  }
}
