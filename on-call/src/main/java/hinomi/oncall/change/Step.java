package hinomi.oncall.change;

import hinomi.model.BadInput;
import hinomi.oncall.change.Change.State;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What people do with a change that is there.
public enum Step {
  /// The partner of a swap takes it.
  ACCEPT("accepted"),
  /// The partner does not want it, or who approves.
  DECLINE("declined"),
  /// Who may says yes to a swap that both want.
  APPROVE("approved"),
  /// It does not count any more; what has been by then stays as it was.
  WITHDRAW("withdrawn");

  private final String done;

  Step(String done) {
    this.done = done;
  }

  /// As an [Entry] tells it.
  public String done() {
    return done;
  }

  public static Optional<Step> of(String word) {
    for (Step step : values()) {
      if (step.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  /// The state that it leads to.
  ///
  /// @param who does it
  /// @param approvers of the schedule's swaps
  /// @throws BadInput when this is not the time for it, or not theirs to do
  public State from(Change change, String who, List<String> approvers) {
    return switch (this) {
      case ACCEPT -> {
        expect(change, State.PROPOSED);
        mine(who, List.of(swap(change).partner()));
        yield approvers.isEmpty() ? State.IN_FORCE : State.ACCEPTED;
      }
      case APPROVE -> {
        expect(change, State.ACCEPTED);
        mine(who, approvers);
        yield State.IN_FORCE;
      }
      case DECLINE -> {
        boolean answered = change.state() == State.ACCEPTED;
        if (!answered) {
          expect(change, State.PROPOSED);
        }
        mine(who, answered ? approvers : List.of(swap(change).partner()));
        yield State.DECLINED;
      }
      case WITHDRAW -> {
        if (change.state() == State.DECLINED || change.state() == State.WITHDRAWN) {
          throw new BadInput("the change is " + word(change.state()) + " already");
        }
        yield State.WITHDRAWN;
      }
    };
  }

  private static What.Swap swap(Change change) {
    if (change.what() instanceof What.Swap swap) {
      return swap;
    }
    throw new BadInput("only a swap is accepted, approved or declined");
  }

  private void expect(Change change, State state) {
    What.Swap _ = swap(change);
    if (change.state() != state) {
      throw new BadInput(
          "a swap that is " + word(change.state()) + " cannot be " + done + " any more or yet");
    }
  }

  private void mine(String who, List<String> whose) {
    if (!whose.contains(who)) {
      throw new BadInput(
          "by: this swap is " + done + " by " + String.join(" or ", whose) + ", not by " + who);
    }
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
