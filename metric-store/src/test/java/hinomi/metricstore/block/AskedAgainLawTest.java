package hinomi.metricstore.block;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.metricstore.disk.Volume;
import hinomi.model.Labels;
import hinomi.model.Matcher;
import hinomi.model.Points;
import hinomi.model.StoredSeries;
import hinomi.testkit.Seeds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a block remembers of the last questions changes no answer.
class AskedAgainLawTest {
  @TempDir Path folder;

  private record Line(Labels labels, NavigableMap<Long, Double> samples) implements StoredSeries {
    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public void read(Points into) {
      samples.forEach(into::add);
    }
  }

  @Test
  void whateverWindowsAreAskedForInWhateverOrderTheSameSamplesAreThere() {
    Seeds.forAll(6, this::check);
  }

  private void check(Random random) throws IOException {
    Path own = Files.createDirectory(folder.resolve(Long.toHexString(random.nextLong())));
    Blocks blocks = Blocks.open(own, own, Volume.REAL, new SimpleMeterRegistry());
    List<Line> lines = lines(random);
    blocks.write(lines, List.of(), () -> false);
    for (int i = 0; i < 150; i++) {
      if (random.nextInt(40) == 0) {
        long from = random.nextLong(86_400_000);
        long to = from + random.nextLong(3_600_000);
        Line line = lines.get(random.nextInt(lines.size()));
        blocks.delete(exactly(line), from, to);
        line.samples().subMap(from, true, to, true).clear();
      }
      long from = random.nextLong(-1_000_000, 86_400_000);
      long to = from + random.nextLong(random.nextBoolean() ? 600_000 : 90_000_000);
      compare(blocks, lines, from, random.nextInt(5) == 0 ? Long.MAX_VALUE : to, random);
    }
  }

  private static List<Line> lines(Random random) {
    List<Line> lines = new ArrayList<>();
    for (int series = 0; series < 5; series++) {
      NavigableMap<Long, Double> samples = new TreeMap<>();
      boolean regular = random.nextBoolean();
      int count = 1 + random.nextInt(12_000);
      long time = random.nextInt(10_000);
      for (int i = 0; i < count && time < 86_400_000; i++) {
        samples.put(time, (double) random.nextInt(1000));
        time += regular ? 15_000 : 1 + random.nextInt(random.nextInt(50) == 0 ? 1_000_000 : 9_000);
      }
      lines.add(new Line(Labels.of(Labels.NAME, "m", "i", "" + series), samples));
    }
    return lines;
  }

  private static List<Matcher> exactly(Line line) {
    return List.of(Matcher.equal("i", line.labels().get("i")));
  }

  private static void compare(Blocks blocks, List<Line> lines, long from, long to, Random random) {
    boolean all = random.nextBoolean();
    Line one = lines.get(random.nextInt(lines.size()));
    List<Matcher> matchers = all ? List.of(Matcher.equal(Labels.NAME, "m")) : exactly(one);
    Map<Labels, NavigableMap<Long, Double>> found = new TreeMap<>();
    for (Block block : blocks.overlapping(from, to)) {
      for (Block.Part part : block.parts(matchers, from, to)) {
        Points points = new Points(0);
        part.pieces().forEach(piece -> piece.read(from, to, points));
        for (int i = 0; i < points.size(); i++) {
          found
              .computeIfAbsent(part.labels(), _ -> new TreeMap<>())
              .put(points.timestamp(i), points.value(i));
        }
      }
    }
    Map<Labels, NavigableMap<Long, Double>> expected = new TreeMap<>();
    for (Line line : all ? lines : List.of(one)) {
      NavigableMap<Long, Double> held = line.samples().subMap(from, true, to, true);
      if (!held.isEmpty()) {
        expected.put(line.labels(), held);
      }
    }
    assertThat(found).isEqualTo(expected);
  }
}
