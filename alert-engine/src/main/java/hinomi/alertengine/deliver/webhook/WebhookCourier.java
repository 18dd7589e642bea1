package hinomi.alertengine.deliver.webhook;

import hinomi.alertengine.deliver.AckLinks;
import hinomi.alertengine.deliver.Courier;
import hinomi.alertengine.deliver.Couriers;
import hinomi.alertengine.deliver.Outcome;
import hinomi.alertengine.journal.Delivery;
import hinomi.alertengine.oncall.Channel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Posts to webhooks. 2xx is taken; 408, 425, 429 and 5xx are tried again; any other answer is a
/// refusal. Redirects are not followed. With a secret, `X-Hinomi-Signature: sha256=…` is the
/// HMAC-SHA-256 of the body.
public final class WebhookCourier implements Courier, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Map<String, Channel> channels;
  private final AckLinks links;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// @param channels by id; those of receivers by target
  public WebhookCourier(Map<String, Channel> channels, AckLinks links) {
    this.channels = Map.copyOf(channels);
    this.links = links;
  }

  @Override
  public Outcome carry(Delivery delivery) {
    Channel channel = channels.get(key(delivery.target()));
    if (channel == null) {
      return new Outcome.Refused("no such channel: " + delivery.target());
    }
    byte[] body =
        WebhookPayload.write(
            delivery, channel.manner(), links.console().url(), links.url(delivery));
    Duration timeout = channel.manner().timeout();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(channel.url())
            .timeout(timeout.isZero() || timeout.compareTo(ANSWER) > 0 ? ANSWER : timeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "hinomi")
            .header("Idempotency-Key", delivery.id())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!channel.manner().authorization().isEmpty()) {
      request.header("Authorization", channel.manner().authorization());
    }
    if (!channel.secret().isEmpty()) {
      request.header("X-Hinomi-Signature", "sha256=" + signature(channel.secret(), body));
    }
    try {
      return judge(client.send(request.build(), HttpResponse.BodyHandlers.discarding()));
    } catch (IOException e) {
      // The message may repeat the URL, which is a credential; the kind says enough.
      return new Outcome.Later(e.getClass().getSimpleName(), Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Later("interrupted", Duration.ZERO);
    }
  }

  /// Webhooks of receivers are known by their whole target, our own channels by id.
  private static String key(String target) {
    return target.startsWith(Couriers.HOOK + ":") ? target : Couriers.name(target);
  }

  private static Outcome judge(HttpResponse<?> response) {
    int status = response.statusCode();
    String detail = "HTTP " + status;
    if (status / 100 == 2) {
      return new Outcome.Sent(detail);
    }
    boolean transientFailure = status == 408 || status == 425 || status == 429 || status / 100 == 5;
    return transientFailure
        ? new Outcome.Later(detail, retryAfter(response))
        : new Outcome.Refused(detail);
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(Duration.ZERO);
  }

  private static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("BUG: no HmacSHA256", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
