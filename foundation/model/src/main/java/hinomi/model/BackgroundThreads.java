package hinomi.model;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/// Daemon threads for what may take long and must not keep the processors from what cannot wait:
/// the system gives them what others leave, and about a tenth of a core where others leave nothing.
/// For any threads.
///
/// On Linux a thread has a nice value of its own (setpriority(2), "C library/kernel differences"),
/// and lowering it needs no privilege. Elsewhere they are threads like all others.
public final class BackgroundThreads implements ThreadFactory {
  /// Of 19. Lower still, and a thread that is stopped while it holds a lock would keep it for long.
  private static final int NICE = 10;

  private static final int PRIO_PROCESS = 0;
  private static final int CALLER = 0;
  private static final Optional<MethodHandle> SET_PRIORITY = setPriority();

  private final ThreadFactory threads;

  /// @param prefix of their names, such as `question-`; a number follows
  public BackgroundThreads(String prefix) {
    this.threads = Thread.ofPlatform().daemon().name(prefix, 0).factory();
  }

  @Override
  public Thread newThread(Runnable work) {
    return threads.newThread(() -> {
      stepBack();
      work.run();
    });
  }

  private static void stepBack() {
    SET_PRIORITY.ifPresent(call -> {
      try {
        // Refused, as in some sandboxes, it is a thread like all others.
        int _ = (int) call.invokeExact(PRIO_PROCESS, CALLER, NICE);
      } catch (Throwable e) {
        throw new IllegalStateException("BUG: setpriority throws", e);
      }
    });
  }

  @SuppressWarnings("restricted") // the launcher allows native access
  private static Optional<MethodHandle> setPriority() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("setpriority")
        .map(address ->
            linker.downcallHandle(
                address,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT)));
  }
}
