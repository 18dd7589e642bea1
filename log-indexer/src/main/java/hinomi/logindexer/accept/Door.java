package hinomi.logindexer.accept;

import hinomi.model.Admission;
import hinomi.model.Labels;
import hinomi.model.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Takes the good lines of a batch and says what became of the others. Streams are counted over a
/// segment's span: without a limit one agent with an id for a label would fill memory. Safe for
/// many threads.
public final class Door {
  private final LineLimits limits;
  private final int maxStreams;
  private final Set<Labels> streams = ConcurrentHashMap.newKeySet();

  public Door(LineLimits limits, int maxStreams) {
    this.limits = limits;
    this.maxStreams = maxStreams;
  }

  /// The lines that are taken, and why others are not.
  public record Verdict(List<LogRecord> taken, List<Admission.Refusal> refusals) {
    public Verdict {
      taken = List.copyOf(taken);
      refusals = List.copyOf(refusals);
    }
  }

  public Verdict judge(List<LogRecord> lines, Instant now) {
    List<LogRecord> taken = new ArrayList<>(lines.size());
    Map<String, Admission.Refusal> refusals = new LinkedHashMap<>();
    Labels last = Labels.EMPTY;
    for (LogRecord line : lines) {
      Optional<LineLimits.Objection> objection = limits.objection(line, now);
      if (objection.isEmpty() && !line.stream().equals(last)) {
        objection = streamObjection(line.stream());
      }
      if (objection.isPresent()) {
        LineLimits.Objection why = objection.get();
        refusals.merge(
            why.word(),
            new Admission.Refusal(why.word(), 1, line.stream() + ": " + why.sentence()),
            (had, _) -> new Admission.Refusal(had.reason(), had.count() + 1, had.example()));
      } else {
        taken.add(clean(line));
        last = line.stream();
      }
    }
    return new Verdict(taken, List.copyOf(refusals.values()));
  }

  private Optional<LineLimits.Objection> streamObjection(Labels stream) {
    if (streams.contains(stream)) {
      return Optional.empty();
    }
    if (streams.size() >= maxStreams) {
      return Optional.of(
          new LineLimits.Objection(
              "too_many_streams",
              "more than "
                  + maxStreams
                  + " streams; put what differs from line to line into metadata, not into labels"));
    }
    streams.add(stream);
    return Optional.empty();
  }

  /// Forgets the streams that were counted: a new span has begun.
  public void newSpan() {
    streams.clear();
  }

  /// Half a surrogate pair cannot be written as UTF-8; it becomes U+FFFD now, so that a line is
  /// found by the same text before and after it went to disk.
  private static LogRecord clean(LogRecord line) {
    String text = line.line();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.isHighSurrogate(text.charAt(i))
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return new LogRecord(line.stream(), line.timestamp(), replaced(text), line.metadata());
        }
      }
    }
    return line;
  }

  private static String replaced(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }
}
