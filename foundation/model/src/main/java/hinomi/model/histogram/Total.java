package hinomi.model.histogram;

import hinomi.model.Histogram;

/// One histogram made of several. One thread.
public sealed interface Total permits Tally, Average {
  /// Gives false when one has custom bounds and another has not, which have no total.
  boolean add(Histogram other);

  /// Adds what another total of the same kind was made of; as [#add]. The other is of no use
  /// afterwards.
  boolean merge(Total other);

  /// Whether custom bounds had to be reduced to those in common.
  boolean isReconciled();

  /// Whether some histogram is known to begin a new count and another is known not to.
  boolean resetsCollide();

  /// What it has come to, without empty buckets; to be asked for once, at the end.
  Histogram histogram();
}
