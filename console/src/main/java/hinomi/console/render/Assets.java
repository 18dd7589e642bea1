package hinomi.console.render;

import hinomi.pages.Asset;
import hinomi.pages.Resources;
import java.util.Optional;
import java.util.stream.Stream;

/// The style sheet, the small script and the icon.
public final class Assets {
  private final Asset style = asset(Asset.Kind.STYLE, "console", "console.css");
  private final Asset script = asset(Asset.Kind.SCRIPT, "console", "console.js");
  private final Asset icon = asset(Asset.Kind.PICTURE, "icon", "favicon.svg");

  private static Asset asset(Asset.Kind kind, String stem, String file) {
    return Asset.of(kind, stem, Resources.text(Assets.class, file));
  }

  public Optional<Asset> find(String name) {
    return Stream.of(style, script, icon).filter(asset -> asset.name().equals(name)).findFirst();
  }

  String style() {
    return "/console/" + style.name();
  }

  String script() {
    return "/console/" + script.name();
  }

  String icon() {
    return "/console/" + icon.name();
  }
}
