package hinomi.statuspage.render;

import hinomi.statuspage.snapshot.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The style sheet, the script and the icon. Style and script carry the hash of their content in
/// their names, so that they may be kept for ever.
final class Assets {
  private final String style;
  private final String script;
  private final Map<String, Sheet> sheets;

  Assets(Identity identity) {
    // A page that stays open turns itself to "unknown" by a CSS animation: no script is needed.
    String css =
        resource("status.css").replace("/*EXPIRES*/60s", identity.expiresAfter().toMillis() + "ms");
    Sheet styleSheet = Sheet.of(Sheet.Kind.ASSET, "text/css; charset=utf-8", css);
    Sheet scriptSheet =
        Sheet.of(Sheet.Kind.ASSET, "text/javascript; charset=utf-8", resource("expiry.js"));
    this.style = "assets/status-" + styleSheet.etag() + ".css";
    this.script = "assets/expiry-" + scriptSheet.etag() + ".js";
    this.sheets =
        Map.of(
            style,
            styleSheet,
            script,
            scriptSheet,
            "favicon.svg",
            Sheet.of(Sheet.Kind.PAGE, "image/svg+xml", resource("favicon.svg")));
  }

  String style() {
    return style;
  }

  String script() {
    return script;
  }

  Map<String, Sheet> sheets() {
    return sheets;
  }

  private static String resource(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("BUG: no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: cannot read " + name, e);
    }
  }
}
