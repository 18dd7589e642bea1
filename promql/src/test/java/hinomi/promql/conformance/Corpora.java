package hinomi.promql.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/// Where the corpora are (`-Dcorpora=DIRECTORY`), which gaps are known, and where reports go
/// (`target/`).
public final class Corpora {
  private Corpora() {}

  public static Path folder(String name) {
    String root = System.getProperty("corpora", "");
    Assumptions.assumeFalse(root.isEmpty(), "skipped: no -Dcorpora=DIRECTORY is given");
    return Path.of(root).resolve(name);
  }

  /// One JSON document a line; a name that ends in `.gz` is unpacked.
  static List<JsonNode> lines(Path file) throws IOException {
    JsonMapper mapper = new JsonMapper();
    List<JsonNode> nodes = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        nodes.add(mapper.readTree(line));
      }
    }
    return nodes;
  }

  /// The cases of one kind that are known not to pass: lines `kind case reason` of
  /// `known-gaps.txt`, fields parted by a tab.
  static Set<String> gaps(String kind) throws IOException {
    return reasons(kind).keySet();
  }

  /// Why they do not, by case.
  static Map<String, String> reasons(String kind) throws IOException {
    Map<String, String> gaps = new TreeMap<>();
    InputStream in = Objects.requireNonNull(Corpora.class.getResourceAsStream("/known-gaps.txt"));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        String[] fields = line.split("\t", 3);
        if (fields.length == 3 && fields[0].equals(kind)) {
          gaps.put(fields[1], fields[2]);
        }
      }
    }
    return gaps;
  }

  static void report(String name, List<String> lines) {
    try {
      Files.write(Files.createDirectories(Path.of("target")).resolve(name + ".txt"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
