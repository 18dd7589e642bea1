package hinomi.exchangesimulator;

import hinomi.exchangesimulator.demo.Demo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// `./hinomi exchange` runs the exchange alone, `./hinomi demo` shows it being watched.
public final class Main {
  private static final String USAGE =
      """
      usage: ./hinomi exchange [--port 8490] [--collector http://127.0.0.1:8480] [--orders 3000]
             ./hinomi demo     [--data DIR] [--calm 20s] [--outage 40s]
      """;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      fail("a command is missing");
    }
    Map<String, String> options = options(arguments);
    switch (arguments[0]) {
      case "exchange" -> exchange(options);
      case "demo" -> System.exit(Demo.run(options));
      default -> fail("unknown command " + arguments[0]);
    }
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 1; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        fail(
            "expected --option value, got "
                + Arrays.asList(arguments).subList(i, arguments.length));
      }
      options.put(arguments[i].substring(2), arguments[i + 1]);
    }
    return options;
  }

  private static void exchange(Map<String, String> options)
      throws IOException, InterruptedException {
    Exchange exchange =
        new Exchange(
            Integer.parseInt(options.getOrDefault("port", "8490")),
            URI.create(options.getOrDefault("collector", "http://127.0.0.1:8480")),
            Integer.parseInt(options.getOrDefault("orders", "3000")));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  exchange.close();
                  stopped.countDown();
                },
                "shutdown"));
    System.out.println("The exchange trades at " + exchange.url());
    if (options.containsKey("ready-file")) {
      Files.writeString(Path.of(options.get("ready-file")), exchange.url() + "\n");
    }
    stopped.await();
  }

  private static void fail(String text) {
    System.err.println("hinomi: " + text);
    System.err.print(USAGE);
    System.exit(2);
  }
}
