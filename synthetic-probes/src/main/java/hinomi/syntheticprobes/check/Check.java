package hinomi.syntheticprobes.check;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a probe does.
public sealed interface Check {
  /// What is probed, for the label `instance`.
  String target();

  /// One HTTP/1.1 request.
  ///
  /// @param followRedirects up to ten, without `Authorization` and `Cookie` to another host
  /// @param verifyCertificate whether a certificate that is not trusted is a failure
  record Http(
      URI url,
      String method,
      Map<String, String> headers,
      String body,
      boolean followRedirects,
      boolean verifyCertificate,
      Expected expected)
      implements Check {
    public Http {
      headers = Map.copyOf(headers);
    }

    @Override
    public String target() {
      return url.toString();
    }
  }

  /// One TCP connection.
  ///
  /// @param tls whether to speak TLS from the beginning
  /// @param send text to send; empty: nothing
  /// @param expect to be found in what the other side sends; empty: connecting is enough
  /// @param certificateValidFor how long the certificate must still be valid
  record Tcp(
      String host,
      int port,
      boolean tls,
      boolean verifyCertificate,
      String send,
      Optional<Pattern> expect,
      Optional<Duration> certificateValidFor)
      implements Check {
    @Override
    public String target() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }
}
