package hinomi.agent.host;

import java.io.IOException;

/// One topic that is read from the host. What is not known is left out, never told as zero.
@FunctionalInterface
interface Reading {
  void read(Measures into) throws IOException;
}
