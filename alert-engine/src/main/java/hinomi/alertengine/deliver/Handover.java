package hinomi.alertengine.deliver;

import hinomi.alertengine.journal.Delivery;
import java.util.List;

/// Messages that one transaction writes. Some are claimed for their first attempt already as they
/// are written; these leave as soon as the transaction has returned, without being looked for in
/// the table and claimed in another one. The others are found there.
///
/// Used by one thread. Ends with [#written], or else gives back what it holds when it is closed.
public interface Handover extends AutoCloseable {
  /// As they are to be written, in the order in which they came.
  List<Delivery> rows();

  /// They are: what was claimed leaves. Whether anybody still needs it is asked before this
  /// returns.
  void written();

  @Override
  void close();
}
