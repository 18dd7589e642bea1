import hinomi.model.Sample;
import hinomi.wire.RemoteWrite;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Remote-write bodies in a file, made once and sent to every contestant alike.
///
/// ```
/// ( samples 4 │ length 4 │ body )…
/// ```
final class Bodies {
  private final Path file;

  private Bodies(Path file) {
    this.file = file;
  }

  /// What one request carries.
  record Body(int samples, byte[] bytes) {}

  /// Writes the samples of a fleet, `perSeries` in a row of each series, `batch` a body.
  static Bodies write(Path file, Fleet fleet, Scrapes scrapes, int perSeries, int batch)
      throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
      List<Sample> body = new ArrayList<>();
      for (int scrape = 0; scrape < scrapes.count(); scrape += perSeries) {
        for (int series = 0; series < fleet.size(); series++) {
          for (int i = scrape; i < Math.min(scrape + perSeries, scrapes.count()); i++) {
            body.add(fleet.next(series, scrapes.time(i)));
          }
          if (body.size() >= batch) {
            flush(body, out);
          }
        }
        flush(body, out);
      }
    }
    return new Bodies(file);
  }

  /// When the fleet is asked.
  record Scrapes(long first, int count) {
    long time(int i) {
      return first + i * Fleet.STEP;
    }

    long last() {
      return time(count - 1);
    }
  }

  private static void flush(List<Sample> body, DataOutputStream out) throws IOException {
    if (!body.isEmpty()) {
      byte[] bytes = RemoteWrite.encode(body);
      out.writeInt(body.size());
      out.writeInt(bytes.length);
      out.write(bytes);
      body.clear();
    }
  }

  List<Body> read() throws IOException {
    List<Body> bodies = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
      while (true) {
        int samples = in.readInt();
        bodies.add(new Body(samples, in.readNBytes(in.readInt())));
      }
    } catch (EOFException e) {
      return bodies;
    }
  }
}
