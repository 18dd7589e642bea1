import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Remote-write bodies in a file, made once and sent to every contestant alike, from mapped memory.
///
/// ```
/// ( samples 4 │ place 4 │ length 4 │ body )…
/// ```
///
/// A body's place is its number among those that hold the same scrapes: two bodies with the same
/// series have the same place.
final class Bodies {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Bodies() {}

  /// What one request carries.
  record Body(int samples, int place, MemorySegment bytes) {}

  /// How samples are put into bodies: so many in a row of each series, so many in all.
  record Shape(int perSeries, int perBody) {}

  /// When a fleet is asked, milliseconds since the epoch.
  record Scrapes(long first, long step, int count) {
    private static final long SPAN = 7_200_000;
    private static final long LAG = 3_600_000;
    private static final long LONGEST_RUN = 2_400_000;

    /// Scrapes of which the last is now.
    static Scrapes untilNow(long step, int count) {
      long last = System.currentTimeMillis() / step * step;
      return new Scrapes(last - (count - 1) * step, step, count);
    }

    /// So many scrapes between the even hour (UTC) up to which stores write their memory as blocks
    /// and now. So all of it is in memory while it is sent, at whatever time of the day.
    static Scrapes inMemory(int count) {
      long now = System.currentTimeMillis();
      long first = (now - LAG + LONGEST_RUN) / SPAN * SPAN;
      return new Scrapes(first, (now - first) / count / 1000 * 1000, count);
    }

    long time(int i) {
      return first + i * step;
    }

    long last() {
      return time(count - 1);
    }
  }

  /// Writes the samples of a fleet to a file and gives back what is in it.
  static List<Body> of(Path file, Fleet fleet, Scrapes scrapes, Shape shape) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
      List<Sample> body = new ArrayList<>();
      for (int scrape = 0; scrape < scrapes.count(); scrape += shape.perSeries()) {
        int place = 0;
        for (int series = 0; series < fleet.size(); series++) {
          for (int i = scrape; i < Math.min(scrape + shape.perSeries(), scrapes.count()); i++) {
            body.add(fleet.next(series, scrapes.time(i)));
          }
          if (body.size() >= shape.perBody() || series == fleet.size() - 1) {
            byte[] bytes = RemoteWrite.encode(body);
            out.writeInt(body.size());
            out.writeInt(place++);
            out.writeInt(bytes.length);
            out.write(bytes);
            body.clear();
          }
        }
      }
    }
    return read(file);
  }

  private static List<Body> read(Path file) throws IOException {
    List<Body> bodies = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment all =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      for (long at = 0; at < all.byteSize(); ) {
        int length = all.get(INT, at + 8);
        bodies.add(new Body(all.get(INT, at), all.get(INT, at + 4), all.asSlice(at + 12, length)));
        at += 12 + length;
      }
    }
    return bodies;
  }

  static long samples(List<Body> bodies) {
    return bodies.stream().mapToLong(Body::samples).sum();
  }
}
