package hinomi.agent;

import hinomi.agent.host.ProcessGroup;
import hinomi.agent.tail.LogSource;
import hinomi.model.Labels;
import hinomi.settings.Section;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What the agent reads and where it brings it: the section `agent` of `hinomi.yaml`. The keys are
/// told in `docs/agent.md`.
///
/// @param server base address, such as `http://127.0.0.1:8480`
/// @param instance label of every series and stream: the name of this host
/// @param interval between two readings of the host
/// @param directory of the spool and the checkpoint
/// @param spoolBytes limit of the spool, one half for metrics and one for logs
/// @param processes groups of processes to watch
/// @param logs files to follow
public record AgentConfig(
    URI server,
    String instance,
    Duration interval,
    Path directory,
    long spoolBytes,
    List<ProcessGroup> processes,
    List<LogSource> logs) {
  private static final long LEAST_SPOOL = 64L << 20;
  private static final Map<String, Charset> ENCODINGS =
      Map.of(
          "UTF-8", StandardCharsets.UTF_8,
          // What is called Shift_JIS in practice has the characters of NEC and IBM, such as ① and
          // 髙.
          "Shift_JIS", Charset.forName("windows-31j"),
          "EUC-JP", Charset.forName("EUC-JP"));

  public AgentConfig {
    processes = List.copyOf(processes);
    logs = List.copyOf(logs);
  }

  /// Reads the section; mistakes are noted there.
  public static AgentConfig from(Section section) {
    URI server = section.url("server").orElse(URI.create("http://127.0.0.1:8480"));
    String instance = section.optionalText("instance").orElseGet(AgentConfig::hostname);
    Duration interval = section.duration("interval", Duration.ofSeconds(15));
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      section.mistake("interval", "expected at least 1s");
    }
    Section spool = section.section("spool");
    long bytes = spool.bytes("max-bytes", 1L << 30);
    if (bytes < LEAST_SPOOL) {
      spool.mistake("max-bytes", "expected at least 64MiB");
    }
    Path directory = spool.path("directory", Path.of("data", "agent"));
    List<ProcessGroup> processes = new ArrayList<>();
    for (Section group : section.sections("processes")) {
      processes.add(
          new ProcessGroup(
              group.text("name"),
              group.required("pattern", Pattern.compile(""), AgentConfig::pattern)));
    }
    List<LogSource> logs = new ArrayList<>();
    for (Section log : section.sections("logs")) {
      logs.add(source(log, instance));
    }
    return new AgentConfig(server, instance, interval, directory, bytes, processes, logs);
  }

  private static LogSource source(Section section, String instance) {
    List<String> paths = section.texts("paths");
    if (paths.isEmpty()) {
      section.mistake("paths", "is missing: name at least one file or glob");
    }
    Labels.Builder labels = Labels.builder().set("job", "logs").set("instance", instance);
    section
        .map("labels")
        .forEach((name, value) -> {
          if (name.matches("[a-zA-Z_][a-zA-Z0-9_]*") && !name.startsWith("__")) {
            labels.set(name, value);
          } else {
            section.section("labels").mistake(name, "expected a label name like service_name");
          }
        });
    Charset encoding = section.value("encoding", StandardCharsets.UTF_8, AgentConfig::encoding);
    Section multiline = section.section("multiline");
    Optional<Pattern> start =
        section.has("multiline")
            ? Optional.of(multiline.required("start", Pattern.compile(""), AgentConfig::pattern))
            : Optional.empty();
    LogSource.ReadFrom readFrom =
        section.choice("read-from", LogSource.ReadFrom.BEGINNING, LogSource.ReadFrom.class);
    return new LogSource(paths, labels.build(), encoding, start, readFrom);
  }

  private static Charset encoding(String name) {
    Charset charset = ENCODINGS.get(name);
    if (charset == null) {
      throw new IllegalArgumentException(
          "expected UTF-8, Shift_JIS or EUC-JP, got \"" + name + "\"");
    }
    return charset;
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression: " + e.getDescription() + " at " + e.getIndex(), e);
    }
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  /// The same with another server: the one whose port was chosen when it started.
  public AgentConfig withServer(URI address) {
    return new AgentConfig(address, instance, interval, directory, spoolBytes, processes, logs);
  }

  /// The same with another place for spool and checkpoint.
  public AgentConfig withDirectory(Path place) {
    return new AgentConfig(server, instance, interval, place, spoolBytes, processes, logs);
  }

  /// The same, following one more file, such as the log of the process that it runs in.
  public AgentConfig alsoFollowing(Path file, String job) {
    List<LogSource> more = new ArrayList<>(logs);
    more.add(
        new LogSource(
            List.of(file.toString()),
            Labels.of("job", job, "instance", instance),
            StandardCharsets.UTF_8,
            Optional.empty(),
            LogSource.ReadFrom.BEGINNING));
    return new AgentConfig(server, instance, interval, directory, spoolBytes, processes, more);
  }
}
