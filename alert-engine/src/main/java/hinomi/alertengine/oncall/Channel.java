package hinomi.alertengine.oncall;

import java.net.URI;
import java.time.Duration;

/// A place that can be told, such as a chat room's incoming webhook.
///
/// @param secret signs what is sent (HMAC-SHA-256); empty for none
public record Channel(String id, URI url, String secret, Manner manner) {
  /// How it wants to be told.
  ///
  /// @param authorization the header of that name; empty for none
  /// @param timeout of an attempt; zero for the usual one
  /// @param sendResolved shows what is over
  /// @param maxAlerts in one message; 0 for as many as usual
  public record Manner(
      String authorization, Duration timeout, boolean sendResolved, int maxAlerts) {
    /// As our own channels are told.
    public static final Manner USUAL = new Manner("", Duration.ZERO, true, 0);

    /// Without the credentials.
    @Override
    public String toString() {
      return "Manner[" + timeout + ", " + sendResolved + ", " + maxAlerts + "]";
    }
  }

  /// One that is told as usual.
  public Channel(String id, URI url, String secret) {
    this(id, url, secret, Manner.USUAL);
  }

  /// Without the URL and the secret, which are credentials.
  @Override
  public String toString() {
    return "Channel[" + id + "]";
  }
}
