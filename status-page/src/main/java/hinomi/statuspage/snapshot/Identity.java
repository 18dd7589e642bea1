package hinomi.statuspage.snapshot;

import hinomi.model.Text;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;

/// Whose page it is and how it speaks of time.
///
/// @param name of the operator, on every page
/// @param url where customers reach the page; links, feeds and JSON are built from it alone, never
///   from what a request says
/// @param zone in which days are cut and times are shown
/// @param expiresAfter how old a snapshot may be; from then on it says that nothing is known
/// @param contact where customers turn: an address of a page, an e-mail address or a sentence;
///   empty when there is none
public record Identity(Text name, URI url, ZoneId zone, Duration expiresAfter, String contact) {

  /// The path of [#url] with a slash at its end: what links on the page begin with.
  public String basePath() {
    String path = url.getPath() == null ? "" : url.getPath();
    return path.endsWith("/") ? path : path + "/";
  }

  /// The whole of [#url] with a slash at its end.
  public String base() {
    String text = url.toString();
    return text.endsWith("/") ? text : text + "/";
  }
}
