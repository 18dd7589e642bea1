package hinomi.alertengine;

/// Is told what became of pages, once that is durable: at least once each, and never before the
/// [AlertListener] has taken the alerts that the page speaks about. After a restart the newest
/// events of open groups are told again. Called from the same thread as the [AlertListener]; what
/// it throws makes the event come again.
@FunctionalInterface
public interface PageListener {
  void told(PageEvent event);
}
