package hinomi.exchangesimulator.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was observed, when. Entries may come from several threads; they are told as they come and
/// once more, in order, at the end.
final class Timeline {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final PrintStream out;
  private final List<Entry> entries = new ArrayList<>();
  private Optional<Instant> zero = Optional.empty();

  private record Entry(Instant at, String what) {}

  Timeline(PrintStream out) {
    this.out = out;
  }

  synchronized void saw(Instant at, String what) {
    Instant time = at.truncatedTo(ChronoUnit.MILLIS);
    entries.add(new Entry(time, what));
    out.println(line(entries.getLast()));
  }

  /// From here on times are also told as seconds since this moment.
  synchronized void zero(Instant at) {
    zero = Optional.of(at);
  }

  private String line(Entry entry) {
    String since =
        zero.filter(moment -> !entry.at().isBefore(moment.truncatedTo(ChronoUnit.MILLIS)))
            .map(moment -> Duration.between(moment, entry.at()).toMillis() / 1000.0)
            .map(seconds -> String.format(Locale.ROOT, "%+8.1f s", seconds))
            .orElse("          ");
    return "  " + CLOCK.format(entry.at()) + " " + since + "  " + entry.what();
  }

  synchronized void printAll() {
    entries.sort(java.util.Comparator.comparing(Entry::at));
    entries.forEach(entry -> out.println(line(entry)));
  }
}
