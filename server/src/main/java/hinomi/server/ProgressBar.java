package hinomi.server;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/// One line on a terminal that is written over; silent where nobody looks. One thread.
final class ProgressBar {
  private static final int WIDTH = 40;

  private final PrintStream out;
  private final boolean shown =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();

  ProgressBar(PrintStream out) {
    this.out = out;
  }

  /// @param share from 0 to 1
  void at(double share) {
    if (shown) {
      int full = (int) Math.round(share * WIDTH);
      out.print(
          "\r["
              + "█".repeat(full)
              + "·".repeat(WIDTH - full)
              + "] %3.0f %%".formatted(share * 100));
      out.flush();
    }
  }

  /// Leaves an empty line.
  void end() {
    if (shown) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
