package hinomi.syntheticprobes.check;

import hinomi.model.Time;
import hinomi.syntheticprobes.check.Observed.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;

/// Runs checks. Blocks until the run is over, never longer than its timeout and a little. Any
/// thread; meant for virtual ones.
public final class Checks {
  private static final int MAX_REDIRECTS = 10;
  private static final int MAX_RECEIVED = 64 << 10;

  private final Time time;

  public Checks(Time time) {
    this.time = time;
  }

  /// One run; whatever happens is an observation.
  public Observed run(Check check, Duration timeout) {
    Notes notes = new Notes();
    Deadline deadline = new Deadline(time, timeout);
    Optional<String> trouble = Optional.empty();
    try {
      switch (check) {
        case Check.Http http -> http(http, notes, deadline);
        case Check.Tcp tcp -> tcp(tcp, notes, deadline);
      }
    } catch (IOException e) {
      trouble = Optional.of(deadline.isBehind(e) ? deadline.story() : tell(e));
    } catch (IllegalArgumentException e) {
      // A redirect to something that is no address.
      trouble = Optional.of("bad redirect: " + e.getMessage());
    }
    return notes.observed(deadline.passed(), trouble);
  }

  private static String tell(IOException e) {
    return switch (e) {
      case ConnectException _ -> "cannot connect: " + e.getMessage();
      case SSLException _ -> "TLS: " + e.getMessage();
      default -> String.valueOf(e.getMessage());
    };
  }

  private static void http(Check.Http check, Notes notes, Deadline deadline) throws IOException {
    URI url = check.url();
    String method = check.method();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(check.headers());
    for (int redirects = 0; ; redirects++) {
      HttpExchange exchange = new HttpExchange(notes, deadline);
      exchange.run(check, url, method, headers);
      notes.answer(exchange.answer(redirects));
      Optional<URI> next = next(check, exchange, url);
      if (next.isEmpty()) {
        return;
      }
      if (redirects == MAX_REDIRECTS) {
        throw new IOException("more than " + MAX_REDIRECTS + " redirects");
      }
      if (!origin(next.get()).equals(origin(url))) {
        headers.remove("Authorization");
        headers.remove("Cookie");
        headers.remove("Host");
      }
      // RFC 9110, 15.4: 303 always becomes GET; after 301 and 302 a POST does, as browsers do it.
      boolean becomesGet =
          exchange.status() == 303 || (exchange.status() < 303 && method.equals("POST"));
      if (becomesGet && !method.equals("HEAD")) {
        method = "GET";
      }
      url = next.get();
    }
  }

  private static Optional<URI> next(Check.Http check, HttpExchange exchange, URI url)
      throws IOException {
    boolean redirect =
        switch (exchange.status()) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
    if (!redirect || !check.followRedirects() || exchange.location().isEmpty()) {
      return Optional.empty();
    }
    URI next = url.resolve(exchange.location().get());
    boolean known = "http".equals(next.getScheme()) || "https".equals(next.getScheme());
    if (!known || next.getHost() == null) {
      throw new IOException("redirected to something that is not HTTP");
    }
    return Optional.of(next);
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + url.getPort();
  }

  private static void tcp(Check.Tcp check, Notes notes, Deadline deadline) throws IOException {
    try (Wire wire = Wire.connect(check.host(), check.port(), notes, deadline)) {
      if (check.tls()) {
        wire.secure(check.host(), check.verifyCertificate());
      }
      Duration start = deadline.passed();
      if (!check.send().isEmpty()) {
        wire.send(check.send().getBytes(StandardCharsets.UTF_8));
      }
      if (check.expect().isPresent()) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        String text = "";
        while (!check.expect().get().matcher(text).find() && received.size() < MAX_RECEIVED) {
          received.write(buffer, 0, wire.readMore(buffer));
          text = received.toString(StandardCharsets.UTF_8);
          notes.received(text);
        }
        notes.took(Phase.PROCESSING, deadline.passed().minus(start));
      }
    }
  }
}
