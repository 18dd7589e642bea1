package hinomi.console.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The style sheet, the small script and the icon. Each carries the hash of its content in its
/// name, so that it may be kept for ever.
public final class Assets {
  private final Map<String, Asset> byName;
  private final String style;
  private final String script;
  private final String icon;

  /// A file as it is sent.
  public record Asset(String contentType, String text) {}

  public Assets() {
    Asset css = new Asset("text/css; charset=utf-8", resource("console.css"));
    Asset js = new Asset("text/javascript; charset=utf-8", resource("console.js"));
    Asset svg = new Asset("image/svg+xml", resource("favicon.svg"));
    this.style = name("console", css, "css");
    this.script = name("console", js, "js");
    this.icon = name("icon", svg, "svg");
    this.byName = Map.of(style, css, script, js, icon, svg);
  }

  public Optional<Asset> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  String style() {
    return "/console/" + style;
  }

  String script() {
    return "/console/" + script;
  }

  String icon() {
    return "/console/" + icon;
  }

  private static String name(String stem, Asset asset, String ending) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(asset.text().getBytes(StandardCharsets.UTF_8));
      return stem + "-" + HexFormat.of().formatHex(digest, 0, 8) + "." + ending;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every JDK has SHA-256", e);
    }
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
