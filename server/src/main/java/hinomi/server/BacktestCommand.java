package hinomi.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hinomi.model.BadInput;
import hinomi.model.Missing;
import hinomi.settings.Yaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./hinomi backtest`: asks a running server what other rules would have said. The files are read
/// here and sent along; the work is done where the samples are. Ends with 1 when `--as-it-ran`
/// finds a log that is not the one the server wrote.
@Command(
    name = "backtest",
    header = "Replays a change of rules over the stored history.",
    description = "Such as: ./hinomi backtest --rules my-rules --from 30d")
final class BacktestCommand implements Callable<Integer> {
  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "rule files as they would be; default: those that run")
  private @Nullable Path rules;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = "rule files as they are; default: those that run")
  private @Nullable Path against;

  @Option(
      names = "--on-call",
      paramLabel = "DIR",
      description = "on-call files as they would be; default: those that run")
  private @Nullable Path onCall;

  @Option(
      names = "--alertmanager",
      paramLabel = "FILE",
      description = "routes and receivers as they would be; default: those that run")
  private @Nullable Path alertmanager;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "a time, or how long ago: 30d; default: ${DEFAULT-VALUE}")
  private String from = "30d";

  @Option(names = "--to", paramLabel = "TIME", description = "likewise; default: ${DEFAULT-VALUE}")
  private String to = "now";

  @Option(
      names = "--ack-after",
      paramLabel = "TIME",
      description = "when whoever is paged acknowledges; default: as it is recorded")
  private String ackAfter = "";

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "what is known to have been wrong; default: the recorded incidents")
  private @Nullable Path labels;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "of local hours; default: status.zone")
  private String zone = "";

  @Option(
      names = "--as-it-ran",
      description =
          "also the looks and restarts that the server noted; says whether its log comes out again")
  private boolean asItRan;

  @Option(names = "--json", description = "prints the report as JSON")
  private boolean json;

  @Option(
      names = "--log",
      paramLabel = "SIDE",
      description = "prints the transition log of this side instead: ${COMPLETION-CANDIDATES}")
  private @Nullable Side log;

  @Mixin private LanguageOption language = new LanguageOption();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the server; default: ${DEFAULT-VALUE}")
  private URI server = URI.create("http://127.0.0.1:8480");

  private enum Side {
    before,
    after
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      RemoteBacktest remote = new RemoteBacktest(client, server, new ProgressBar(System.err));
      String id = remote.start(question());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remote.cancel(id)));
      remote.await(id);
      String format = log != null ? "log-" + log : json ? "json" : "text";
      System.out.print(remote.report(id, format, language.language().tag()));
      System.out.println(json && log == null ? "\n" : "");
      System.out.flush();
      return asItRan && !isTheSame(remote, id) ? 1 : 0;
    }
  }

  private ObjectNode question() throws IOException {
    ObjectNode question = JsonMapper.builder().build().createObjectNode();
    files(question, "rules", rules);
    files(question, "against", against);
    files(question, "on_call", onCall);
    question.put("from", from).put("to", to).put("ack_after", ackAfter).put("zone", zone);
    question.put("as_it_ran", asItRan);
    if (alertmanager != null) {
      question.put("alertmanager", text(alertmanager));
    }
    if (labels != null) {
      question.put("incidents", text(labels));
    }
    return question;
  }

  private static void files(ObjectNode question, String key, @Nullable Path folder)
      throws IOException {
    if (folder == null) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new Missing("the folder " + folder + " does not exist");
    }
    ObjectNode files = question.putObject(key);
    for (Path file : Yaml.files(folder)) {
      files.put(file.toString(), text(file));
    }
    if (files.isEmpty()) {
      throw new BadInput("the folder " + folder + " has no *.yaml or *.yml");
    }
  }

  private static String text(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new Missing("the file " + file + " cannot be read");
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static boolean isTheSame(RemoteBacktest remote, String id)
      throws IOException, InterruptedException {
    JsonNode report = JsonMapper.builder().build().readTree(remote.report(id, "json", "en"));
    String live = remote.transitions(report.path("from").asText(), report.path("to").asText());
    Optional<String> difference = FirstDifference.of(live, remote.report(id, "log-before", "en"));
    System.err.println(
        difference
            .map(where -> "hinomi: the replay differs from the log\n" + where)
            .orElse("hinomi: the replay wrote the log that the server wrote, byte for byte"));
    return difference.isEmpty();
  }
}
