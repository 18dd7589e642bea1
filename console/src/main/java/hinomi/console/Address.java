package hinomi.console;

import java.net.URI;

/// Where a listener can be reached; asked for at each page, since it may be bound later.
@FunctionalInterface
public interface Address {
  URI uri();
}
