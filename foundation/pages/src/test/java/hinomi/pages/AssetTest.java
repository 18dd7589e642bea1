package hinomi.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AssetTest {
  @Test
  void theNameCarriesTheHashOfTheContent() {
    // FIPS 180-2, appendix B.1: SHA-256 of "abc".
    Asset style = Asset.of(Asset.Kind.STYLE, "main", "abc");
    assertThat(style.name()).isEqualTo("main-ba7816bf8f01cfea.css");
    assertThat(style.kind().contentType()).isEqualTo("text/css; charset=utf-8");
    assertThat(Asset.of(Asset.Kind.STYLE, "main", "abd").name()).isNotEqualTo(style.name());
  }
}
