package hinomi.web;

import hinomi.settings.Section;

/// Where a listener listens and what it takes at once.
///
/// @param name of the listener, for logs, metrics and sentences about a taken port
/// @param host address to bind
/// @param port 0 means any free one
/// @param maxConcurrent requests answered at once, and besides as many questions; more are answered
///   503 with Retry-After
public record WebConfig(String name, String host, int port, int maxConcurrent) {
  /// Reads `host`, `port` and `max-concurrent-requests`.
  public static WebConfig from(String name, Section section, int defaultPort) {
    return new WebConfig(
        name,
        section.text("host", "127.0.0.1"),
        section.port("port", defaultPort),
        section.number("max-concurrent-requests", 256, 1, 100_000));
  }
}
