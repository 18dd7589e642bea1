package hinomi.promql.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.model.Labels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SamplerTest {
  @Test
  void the_hash_is_xxhash64() {
    hashes("", 0xef46db3751d8e999L);
    hashes("a", 0xd24ec4f1a98c6e5bL);
    hashes("abc", 0x44bc2cf5ad770999L);
    hashes("Call me Ishmael. Some years ago--never mind how long precisely-", 0x02a2e85470d6fd96L);
  }

  private static void hashes(String text, long hash) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(Sampler.hash(bytes, bytes.length)).as(text).isEqualTo(hash);
  }

  @Test
  void a_ratio_and_what_it_leaves_out_are_everything() {
    int picked = 0;
    for (int i = 0; i < 1000; i++) {
      double place = Sampler.place(Labels.of("instance", "host" + i, "job", "x".repeat(i)));
      assertThat(place).isBetween(0.0, 1.0);
      assertThat(Sampler.picks(0.25, place)).isNotEqualTo(Sampler.picks(-0.75, place));
      picked += Sampler.picks(0.25, place) ? 1 : 0;
    }
    assertThat(picked).isBetween(200, 300);
  }
}
