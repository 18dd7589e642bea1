package hinomi.web;

import static org.assertj.core.api.Assertions.assertThat;

import hinomi.testkit.Seeds;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// However a body is cut and whatever was announced of it, it comes together as it was sent.
final class ArrivingTest {
  @Test
  void chunksComeTogetherWhateverWasAnnounced() {
    Seeds.forAll(
        200,
        random -> {
          byte[] sent = new byte[random.nextInt(5_000)];
          random.nextBytes(sent);
          String announced =
              switch (random.nextInt(4)) {
                case 0 -> "";
                case 1 -> Integer.toString(sent.length);
                case 2 -> Integer.toString(random.nextInt(10_000));
                default -> "-7";
              };
          Arriving body = new Arriving(5_000, announced);
          int at = 0;
          while (at < sent.length) {
            int end = Math.min(sent.length, at + 1 + random.nextInt(1_500));
            assertThat(body.take(Buffer.buffer(Arrays.copyOfRange(sent, at, end)))).isTrue();
            at = end;
          }
          assertThat(body.whole()).as("announced as " + announced).isEqualTo(sent);
        });
  }

  @Test
  void aByteBeyondTheLimitIsNotTaken() {
    for (String announced : new String[] {"", "4", "5", "999999999999", "many"}) {
      Arriving body = new Arriving(4, announced);
      assertThat(body.take(Buffer.buffer("1234"))).as(announced).isTrue();
      assertThat(body.take(Buffer.buffer("5"))).as(announced).isFalse();
      assertThat(body.whole()).asString().isEqualTo("1234");
    }
  }
}
