package hinomi.metricstore.block;

/// Who keeps the blocks: lends what they read with, and is told of the damage that a reader met.
/// Any thread; must not throw.
interface Keeper {
  Packing packing();

  Choices choices();

  Lately lately();

  /// A chunk's bytes are not those that were written, or cannot be read at all; it counts as empty
  /// from now on.
  ///
  /// @param packed the bytes, as far as they could be read
  void chunk(Block block, String what, Place place, byte[] packed);

  /// The index of a block is damaged, and with it nothing of the block can be found.
  void index(Block block);
}
