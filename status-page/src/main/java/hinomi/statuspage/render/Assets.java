package hinomi.statuspage.render;

import hinomi.pages.Asset;
import hinomi.pages.Resources;
import hinomi.statuspage.snapshot.Identity;
import java.util.Map;

/// The style sheet, the script and the icon. Style and script carry the hash of their content in
/// their names, so that they may be kept for ever.
final class Assets {
  private static final String FOLDER = "assets/";

  private final String style;
  private final String script;
  private final Map<String, Sheet> sheets;

  Assets(Identity identity) {
    // A page that stays open turns itself to "unknown" by a CSS animation: no script is needed.
    String css =
        Resources.text(Assets.class, "status.css")
            .replace("/*EXPIRES*/60s", identity.expiresAfter().toMillis() + "ms");
    Asset style = Asset.of(Asset.Kind.STYLE, "status", css);
    Asset script = Asset.of(Asset.Kind.SCRIPT, "expiry", Resources.text(Assets.class, "expiry.js"));
    this.style = FOLDER + style.name();
    this.script = FOLDER + script.name();
    this.sheets =
        Map.of(
            this.style,
            kept(style),
            this.script,
            kept(script),
            "favicon.svg",
            Sheet.of(
                Sheet.Kind.PAGE,
                Asset.Kind.PICTURE.contentType(),
                Resources.text(Assets.class, "favicon.svg")));
  }

  private static Sheet kept(Asset asset) {
    return Sheet.of(Sheet.Kind.ASSET, asset.kind().contentType(), asset.text());
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
}
