package hinomi.alertengine.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.Route;
import hinomi.alertengine.route.Routing;
import hinomi.model.Labels;
import hinomi.settings.Mistakes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What `amtool config routes test` says of the corpus' trees and alerts, and of trees with several
/// routes an alert, is what we say (`AMTOOL=FILE`, `-Dcorpora=DIR`).
final class AmtoolTest {
  private static final Pattern RECEIVER = Pattern.compile("receiver: '([^']+)'");

  @Test
  void amtool_and_we_send_every_alert_to_the_same_receivers() throws Exception {
    String amtool = System.getenv().getOrDefault("AMTOOL", "");
    String corpora = System.getProperty("corpora", "");
    Assumptions.assumeFalse(amtool.isEmpty() || corpora.isEmpty(), "no amtool given");
    int asked = 0;
    for (String line :
        Files.readAllLines(Path.of(corpora, "alertmanager-config", "route_cases.jsonl"))) {
      JsonNode node = new ObjectMapper().readTree(line);
      Path file = file(node.get("route_yaml").asText());
      Mistakes mistakes = new Mistakes();
      AlertmanagerFile read =
          new AlertmanagerReader(OnCall.nobodyNamed(), false).read(file, mistakes);
      mistakes.throwIfAny();
      Routing routing = new Routing(read.root(), read.receivers(), OnCall.nobodyNamed());
      for (JsonNode one : node.get("cases")) {
        Labels.Builder labels = Labels.builder();
        List<String> words = new ArrayList<>();
        one.get("labels")
            .properties()
            .forEach(entry -> {
              labels.set(entry.getKey(), entry.getValue().asText());
              words.add(entry.getKey() + "=" + entry.getValue().asText());
            });
        String ours =
            String.join(",", routing.routes(labels.build()).stream().map(Route::receiver).toList());
        assertThat(ours).as("%s", words).isEqualTo(asked(amtool, file, words));
        asked++;
      }
    }
    assertThat(asked).isGreaterThan(5);
  }

  private static Path file(String route) throws IOException {
    StringBuilder yaml = new StringBuilder("route:\n");
    route.lines().forEach(line -> yaml.append("  ").append(line).append('\n'));
    Set<String> receivers = new TreeSet<>();
    Matcher found = RECEIVER.matcher(route);
    while (found.find()) {
      receivers.add(found.group(1));
    }
    yaml.append("receivers:\n");
    receivers.forEach(name -> yaml.append("- name: '").append(name).append("'\n"));
    Path file = Files.createTempFile("alertmanager", ".yml");
    return Files.writeString(file, yaml.toString().replace("[...]", "['...']"));
  }

  private static String asked(String amtool, Path file, List<String> labels) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(amtool, "config", "routes", "test", "--config.file=" + file));
    command.addAll(labels);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(answer).isZero();
    return answer.lines().toList().getLast().strip(); // after a warning
  }
}
