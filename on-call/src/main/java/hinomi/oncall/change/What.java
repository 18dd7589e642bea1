package hinomi.oncall.change;

import hinomi.oncall.rotation.Span;
import hinomi.oncall.rotation.Turn;
import java.util.List;
import java.util.Optional;

/// What a change changes.
public sealed interface What {
  /// Somebody is on duty whoever would be.
  ///
  /// @param person id
  /// @param insteadOf only while this one would be on duty; empty for anybody
  record StandIn(String person, String insteadOf) implements What {}

  /// One takes another's duty, and gives some of their own for it.
  ///
  /// @param asks who would be on duty
  /// @param partner who takes it
  /// @param inReturn when `asks` takes the duty of `partner`
  record Swap(String asks, String partner, Optional<Span> inReturn) implements What {}

  /// A roster of its own: whatever else is written does not count meanwhile.
  ///
  /// @param turns in order, none overlapping another; between them the fallback is on duty
  record Temporary(List<Turn> turns) implements What {
    public Temporary {
      turns = List.copyOf(turns);
    }
  }

  /// As it is kept and told: `override`, `swap`, `temporary`.
  default String kind() {
    return switch (this) {
      case StandIn _ -> "override";
      case Swap _ -> "swap";
      case Temporary _ -> "temporary";
    };
  }
}
