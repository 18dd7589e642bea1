package hinomi.alertengine.deliver;

import hinomi.model.Missing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Links with which whoever was paged acknowledges without signing in: group, round, who, expiry,
/// and an HMAC-SHA-256 over them. A link is good for one round of one group: a new alert after an
/// acknowledgement begins another round, and old links no longer count.
public final class AckTokens {
  private static final Duration LIFE = Duration.ofHours(24);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;

  /// @param secret 32 random bytes in Base64
  public AckTokens(String secret) {
    this.key = new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256");
  }

  /// What a link says.
  public record Claim(String groupId, int round, String who) {}

  public String sign(Claim claim, Instant now) {
    String content =
        claim.groupId()
            + "|"
            + claim.round()
            + "|"
            + now.plus(LIFE).getEpochSecond()
            + "|"
            + claim.who();
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return ENCODER.encodeToString(bytes) + "." + ENCODER.encodeToString(mac(bytes));
  }

  /// A forged, damaged or old link is [Missing], without saying which.
  public Claim verify(String token, Instant now) {
    try {
      int dot = token.indexOf('.');
      byte[] content = Base64.getUrlDecoder().decode(token.substring(0, Math.max(0, dot)));
      byte[] mac = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      String[] parts = new String(content, StandardCharsets.UTF_8).split("\\|", 4);
      if (dot > 0
          && MessageDigest.isEqual(mac, mac(content))
          && now.getEpochSecond() <= Long.parseLong(parts[2])) {
        return new Claim(parts[0], Integer.parseInt(parts[1]), parts[3]);
      }
    } catch (IllegalArgumentException e) {
      throw new Missing("this link is not valid", e);
    }
    throw new Missing("this link is not valid any more");
  }

  private byte[] mac(byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("BUG: no HmacSHA256", e);
    }
  }
}
