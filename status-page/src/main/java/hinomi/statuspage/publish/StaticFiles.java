package hinomi.statuspage.publish;

import hinomi.statuspage.render.Edition;
import hinomi.statuspage.render.Sheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A directory that any static host can serve: pages as `index.html` in a folder of their own,
/// other documents by their names; what has no language in its address is the Japanese one. Each
/// file is replaced as a whole, and pages come after what they refer to, so that a reader or a copy
/// in progress never meets half a file. Only what changed is written; what is no longer part of an
/// edition is deleted. One thread at a time.
public final class StaticFiles {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
  private static final String DEFAULT_LANGUAGE = "ja/";

  private final Path directory;
  private final Map<String, String> written = new HashMap<>();

  public StaticFiles(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /// Writes an edition as it reads while it is fresh; returns how many documents could not be
  /// written because their address cannot be a file name.
  public int write(Edition edition) throws IOException {
    Map<String, Sheet> files = new HashMap<>();
    int refused = 0;
    for (Map.Entry<String, Sheet> entry : edition.fresh().entrySet()) {
      String address = entry.getKey();
      if (address.equals("api/hinomi/v1/status")) {
        continue; // status.json beside it is the same, with a name that tells its type
      }
      if (!Stream.of(address.split("/", -1)).allMatch(part -> SAFE.matcher(part).matches())) {
        refused++;
        continue;
      }
      files.put(file(address), entry.getValue());
      if ((address + "/").startsWith(DEFAULT_LANGUAGE)) {
        files.put(file((address + "/").substring(DEFAULT_LANGUAGE.length())), entry.getValue());
      }
    }
    for (Sheet.Kind kind : new Sheet.Kind[] {Sheet.Kind.ASSET, Sheet.Kind.DATA, Sheet.Kind.PAGE}) {
      for (Map.Entry<String, Sheet> file : files.entrySet()) {
        if (file.getValue().kind() == kind) {
          replace(file.getKey(), file.getValue());
        }
      }
    }
    deleteAllBut(files.keySet());
    return refused;
  }

  /// A page's file lies in a folder of its own; `404.html` stands where hosts look for it.
  private static String file(String address) {
    String path = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (last.equals("404")) {
      return path + ".html";
    }
    if (path.isEmpty()) {
      return "index.html";
    }
    boolean document = last.matches(".*\\.(json|svg|atom|css|js)");
    return document ? path : path + "/index.html";
  }

  private void replace(String name, Sheet sheet) throws IOException {
    Path file = directory.resolve(name);
    if (sheet.etag().equals(written.get(name)) && Files.exists(file)) {
      return;
    }
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalStateException("BUG: " + file + " has no folder");
    }
    Files.createDirectories(parent);
    Path fresh = parent.resolve("." + file.getFileName() + ".new");
    Files.write(fresh, sheet.bytes());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    written.put(name, sheet.etag());
  }

  /// Deletes what this object wrote before: nobody else's files.
  private void deleteAllBut(Set<String> names) throws IOException {
    for (String name : new HashSet<>(written.keySet())) {
      if (!names.contains(name)) {
        Files.deleteIfExists(directory.resolve(name));
        written.remove(name);
      }
    }
  }
}
