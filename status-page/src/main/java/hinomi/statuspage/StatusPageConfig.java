package hinomi.statuspage;

import hinomi.model.Text;
import hinomi.settings.Section;
import hinomi.statuspage.snapshot.Identity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/// How the public page presents itself and how fresh it must be.
///
/// @param identity whose page it is
/// @param refresh how often a new edition is printed, 1 s to 5 s
/// @param publishDirectory where each edition is also written as files
public record StatusPageConfig(
    Identity identity, Duration refresh, Optional<Path> publishDirectory) {

  /// Reads `name`, `url`, `zone`, `expires-after`, `refresh`, `contact` and `publish.directory` of
  /// the section `status`. Its `host`, `port` and `max-concurrent-requests` are the listener's.
  public static StatusPageConfig from(Section status) {
    Text name = status.bilingual("name");
    Duration expiresAfter = status.duration("expires-after", Duration.ofSeconds(60));
    Duration refresh = status.duration("refresh", Duration.ofSeconds(2));
    if (refresh.compareTo(Duration.ofSeconds(1)) < 0
        || refresh.compareTo(Duration.ofSeconds(5)) > 0) {
      status.mistake("refresh", "expected 1s to 5s");
    }
    if (expiresAfter.compareTo(refresh) <= 0) {
      status.mistake("expires-after", "must be longer than refresh, or the page is never valid");
    }
    Identity identity =
        new Identity(
            name.isEmpty() ? Text.same("Hinomi") : name,
            status.url("url").orElse(URI.create("http://127.0.0.1:8481")),
            status.zone("zone", ZoneId.of("Asia/Tokyo")),
            expiresAfter,
            status.text("contact", ""));
    return new StatusPageConfig(
        identity, refresh, status.section("publish").optionalText("directory").map(Path::of));
  }

  /// The same at another address: that of the listener, where the configuration names none.
  public StatusPageConfig withUrl(URI url) {
    return new StatusPageConfig(
        new Identity(
            identity.name(), url, identity.zone(), identity.expiresAfter(), identity.contact()),
        refresh,
        publishDirectory);
  }
}
