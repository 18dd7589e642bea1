package hinomi.alertengine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.alertengine.group.PageGroup;
import hinomi.alertengine.oncall.OnCall;
import hinomi.alertengine.route.LadderTree;
import hinomi.alertengine.route.PageTimes;
import hinomi.alertengine.route.Route;
import hinomi.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentsTest {
  @Test
  void a_group_from_before_there_was_a_tree_goes_on_in_the_tree_of_the_ladders() {
    String old =
        """
        {"id":"g1","route":{"page":true,"ladder":"default","labels":{"alertname":"Down"}},
         "openedAt":1000,"members":{},"flushAt":9223372036854775807,"flushedAt":2000,
         "climb":{"round":1,"step":1,"stepAt":5000,"remindAt":9000,"reached":["person:a"]},
         "acknowledgement":{"by":"","note":"","at":9223372036854775807},
         "closedAt":9223372036854775807,"origin":{"at":1000,"traceparent":""}}
        """;
    PageGroup group = Documents.read(old, PageGroup.class);
    PageTimes times =
        new PageTimes(Duration.ZERO, Duration.ofSeconds(3), Duration.ZERO, Duration.ofHours(4));
    Labels alert = Labels.of("alertname", "Down", "severity", "page", "i", "a");
    List<Route> now =
        LadderTree.of(OnCall.nobodyNamed(), List.of("alertname"), times, times).routes(alert);
    assertThat(now).containsExactly(group.route());
    assertThat(group.route().key())
        .isEqualTo("{}/{severity=\"page\",ladder=\"default\"}:{alertname=\"Down\"}");
  }

  @Test
  void a_route_is_read_as_it_was_written() {
    Route route = new Route(false, "", Labels.of("a", "b"), "{}/{team=\"x\"}", "team → x");
    PageGroup group =
        PageGroup.open("g", route, Instant.EPOCH, new PageGroup.Origin(Instant.EPOCH, ""));
    assertThat(Documents.read(Documents.write(group), PageGroup.class)).isEqualTo(group);
  }
}
