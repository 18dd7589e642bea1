package hinomi.alertengine.oncall;

import java.net.URI;

/// A place that can be told, such as a chat room's incoming webhook.
///
/// @param secret signs what is sent (HMAC-SHA-256); empty for none
public record Channel(String id, URI url, String secret) {
  /// Without the URL and the secret, which are credentials.
  @Override
  public String toString() {
    return "Channel[" + id + "]";
  }
}
