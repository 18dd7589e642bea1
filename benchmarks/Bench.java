import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a run was told: who takes part, how often, how large, and where files may lie.
///
/// @param programs ours among them
/// @param size 1 is what is written of each part; hosts are multiplied with it
/// @param scratch a directory of this run's own, on the disk that is measured
record Bench(
    Map<Contestant.Kind, Path> programs,
    List<String> parts,
    int rounds,
    double size,
    int port,
    Path scratch)
    implements AutoCloseable {
  /// Reads the words of a command line: first the peers' programs (`-` leaves one out), then parts
  /// and `--name value`.
  static Bench of(String[] words, List<String> allParts) throws IOException {
    Words read = Words.of(words, Set.of("--rounds", "--size", "--port", "--scratch"));
    Map<Contestant.Kind, Path> programs = new EnumMap<>(Contestant.Kind.class);
    programs.put(Contestant.Kind.HINOMI, Path.of(System.getProperty("hinomi.home"), "hinomi"));
    Deque<Contestant.Kind> peers =
        new ArrayDeque<>(List.of(Contestant.Kind.VICTORIA_METRICS, Contestant.Kind.PROMETHEUS));
    List<String> parts = new ArrayList<>();
    for (String word : read.others()) {
      if (allParts.contains(word)) {
        parts.add(word);
      } else if (word.equals("-") && !peers.isEmpty()) {
        peers.pop();
      } else if (Files.isExecutable(Path.of(word)) && !peers.isEmpty()) {
        programs.put(peers.pop(), Path.of(word));
      } else {
        throw new IllegalArgumentException("\"" + word + "\" is neither a program nor a part");
      }
    }
    Path scratch = Path.of(read.text("--scratch", System.getProperty("java.io.tmpdir")));
    return new Bench(
        programs,
        parts.isEmpty() ? allParts : parts,
        read.whole("--rounds", 3),
        read.number("--size", 1),
        read.whole("--port", 19_480),
        Files.createTempDirectory(scratch, "hinomi-bench-"));
  }

  Set<Contestant.Kind> kinds() {
    return programs.keySet();
  }

  /// So many hosts, but not fewer than the least that a part makes sense with.
  int hosts(int full, int least) {
    return Math.max(least, (int) Math.round(full * size));
  }

  /// Starts a contestant on an empty directory.
  Contestant fresh(Contestant.Kind kind) throws Exception {
    Contestant.delete(data(kind));
    return again(kind);
  }

  /// Starts a contestant on what it left.
  Contestant again(Contestant.Kind kind) throws Exception {
    return Contestant.start(kind, programs.get(kind), data(kind), port + kind.ordinal());
  }

  private Path data(Contestant.Kind kind) {
    return scratch.resolve(kind.title());
  }

  void forget(Contestant.Kind kind) throws IOException {
    Contestant.delete(data(kind));
  }

  Path file(String name) {
    return scratch.resolve(name);
  }

  @Override
  public void close() throws IOException {
    Contestant.delete(scratch);
  }
}
