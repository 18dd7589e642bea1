package hinomi.alertengine.journal;

import org.jdbi.v3.core.Handle;

/// Something that is written in the same transaction as the rest of a [Batch].
@FunctionalInterface
public interface Row {
  void write(Handle handle);
}
