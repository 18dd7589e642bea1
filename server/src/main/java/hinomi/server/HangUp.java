package hinomi.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGHUP means "read your configuration again" to who runs servers, and would end a Java process.
/// The JVM's signals are no public API, so they are reached by name; where they are not there, the
/// signal keeps its meaning and `POST /-/reload` remains.
final class HangUp {
  private static final Logger log = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  static void calls(Runnable what) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  what.run();
                }
                return null;
              });
      Object _ =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      Throwable cause = e instanceof InvocationTargetException target ? target.getCause() : e;
      log.atInfo()
          .addKeyValue("reason", String.valueOf(cause))
          .log("SIGHUP is not heard; POST /-/reload reads the configuration again");
    }
  }
}
