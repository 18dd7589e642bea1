package hinomi.alertengine;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.external.PostedAlert;
import hinomi.model.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What falls due together is judged together, and one that cannot be judged holds up no other.
final class FailingGroupTest {
  private final World world = new World();

  @BeforeEach
  void three_groups_wait() throws IOException {
    world.rules("groups: []");
    world.onCall(
        """
        people: [{id: sato, mail: sato@x.example}]
        ladders: [{id: default, steps: [{notify: [{person: sato}]}]}]
        """);
    Files.writeString(
        world.folder.resolve("alertmanager.yml"),
        """
        route: {receiver: all, group_by: [component], group_wait: 30s}
        receivers: [{name: all, email_configs: [{to: all@x}]}]
        """);
    world.start();
    List<PostedAlert> posted = new ArrayList<>();
    for (String component : List.of("gateway", "matching", "settlement")) {
      posted.add(
          new PostedAlert(
              Labels.of("alertname", "Slow", "component", component),
              Map.of(),
              Optional.empty(),
              Optional.of(world.begin.plus(Duration.ofHours(1))),
              ""));
    }
    world.engine().desk().external().receive(posted);
    world.goTo(Duration.ofSeconds(10));
    world.broken = "matching";
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<String> told() {
    return world.deliveries().stream()
        .map(delivery ->
            delivery.notification().group().route().labels().get("component")
                + " "
                + world.elapsed(delivery.createdAt()).toSeconds())
        .toList();
  }

  @Test
  void the_others_are_told_on_time_and_it_as_soon_as_it_can_be() {
    world.goTo(Duration.ofSeconds(35));
    assertThat(told()).containsExactlyInAnyOrder("gateway 30", "settlement 30");
    world.broken = "";
    world.goTo(Duration.ofMinutes(3));
    assertThat(told()).containsExactlyInAnyOrder("gateway 30", "settlement 30", "matching 90");
  }
}
