package hinomi.alertengine.backtest;

import hinomi.model.Matcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is known of an expression without asking it.
///
/// @param steady whether asking for a range means the same as asking for each of its times
/// @param selectors what each of its selectors matches
/// @param presence an expression that has an element at exactly the times at which there is data;
///   empty where none is known
/// @param reach how far back it looks at most
public record Reading(
    boolean steady, List<List<Matcher>> selectors, Optional<String> presence, Duration reach) {
  public Reading {
    selectors = selectors.stream().map(List::copyOf).toList();
  }
}
