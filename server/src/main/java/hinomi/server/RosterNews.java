package hinomi.server;

import hinomi.oncall.RosterChange;
import hinomi.oncall.RosterListener;
import hinomi.oncall.coverage.Difference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells in the log whose duty a changed roster concerns. Any thread.
final class RosterNews implements RosterListener {
  private static final Logger log = LoggerFactory.getLogger(RosterNews.class);

  @Override
  public void changed(RosterChange change) {
    Difference difference = change.difference();
    log.atInfo()
        .addKeyValue("schedule", change.schedule())
        .addKeyValue("by", change.change().map(each -> each.made().who()).orElse("the files"))
        .addKeyValue("people", difference.effects().keySet())
        .addKeyValue("moves", difference.moves().size())
        .log("duties changed");
  }
}
