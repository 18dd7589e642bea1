package hinomi.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// A configuration directory made by a test, with the data directory beside it.
record Site(Path top) {
  /// An exchange whose order entry is judged by one rule, whose withdrawals nobody measures, and a
  /// probe of our own OTLP listener. Every port is any free one.
  static Site small(Path top) {
    return new Site(top)
        .with(
            "hinomi.yaml",
            """
            web: {port: 0}
            otlp: {http: {port: 0}}
            status: {port: 0, refresh: 1s, name: {ja: 稼働状況, en: Service status}}
            agent:
              interval: 1s
              instance: tower
              processes: [{name: java, pattern: java}]
            incident-records: {resolve-after: 1s}
            """)
        .with(
            "components/exchange.yaml",
            """
            components:
              - id: exchange
                name: {ja: 取引所, en: Exchange}
                components:
                  - id: order-entry
                    name: {ja: 注文受付, en: Order entry}
                  - id: withdrawals
                    name: {ja: 出金, en: Withdrawals}
              - id: collection
                name: {ja: データ収集, en: Data collection}
            """)
        .with(
            "rules/orders.yaml",
            """
            groups:
              - name: orders
                interval: 5s
                rules:
                  - alert: OrdersSlow
                    expr: order_latency_seconds > 0.5
                    for: 0s
                    labels: {severity: page, component: order-entry}
                    annotations:
                      summary: "Orders wait {{ $value | humanizeDuration }}"
                      summary_ja: "注文の応答に{{ $value | humanizeDuration }}かかっています"
            """)
        .with(
            "probes/own.yaml",
            """
            probes:
              - id: otlp
                component: collection
                every: 1s
                timeout: 900ms
                tcp: {address: "${otlp.http.address}"}
            """)
        .with(
            "oncall/people.yaml",
            """
            people:
              - {id: sato, name: {ja: 佐藤, en: Sato}, language: ja, mail: sato@example.jp}
            ladders:
              - id: default
                steps:
                  - {notify: [{person: sato}], wait: 5m}
            """);
  }

  Path config() {
    return top.resolve("config");
  }

  Path data() {
    return top.resolve("data");
  }

  /// Writes a file of the configuration, or replaces it.
  Site with(String file, String text) {
    Path path = config().resolve(file);
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lays a folder of the tree over the configuration.
  Site over(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = config().resolve(folder.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param overrides `key`, `value`, … as on the command line
  AppConfig read(String... overrides) {
    Map<String, String> set = new LinkedHashMap<>();
    for (int i = 0; i < overrides.length; i += 2) {
      set.put(overrides[i], overrides[i + 1]);
    }
    return AppConfig.read(config(), data(), set);
  }

  /// The top of the tree: the nearest folder above that holds the launcher.
  static Path tree() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("hinomi"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no launcher above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }
}
