package hinomi.logindexer.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A set of short texts that makes no string for one it has: most words of a batch repeat. Open
/// addressing; the characters of all terms lie in one pool. One thread.
final class TermTable {
  private char[] pool = new char[4096];
  private int poolSize;

  /// End in the pool of each term, in order of arrival; a term begins where the one before ends.
  private int[] ends = new int[256];

  private int[] hashes = new int[256];
  private int size;

  /// Term number + 1, or 0 for free. Twice as many as terms at least.
  private int[] slots = new int[1024];

  void add(char[] text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + text[i];
    }
    hash *= 0x9E3779B9;
    int mask = slots.length - 1;
    int slot = (hash >>> 7) & mask;
    while (slots[slot] != 0) {
      int term = slots[slot] - 1;
      if (hashes[term] == hash && Arrays.equals(pool, start(term), ends[term], text, from, to)) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = size + 1;
    keep(hash, text, from, to);
  }

  private int start(int term) {
    return term == 0 ? 0 : ends[term - 1];
  }

  private void keep(int hash, char[] text, int from, int to) {
    int length = to - from;
    if (poolSize + length > pool.length) {
      pool = Arrays.copyOf(pool, Math.max(pool.length * 2, poolSize + length));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    System.arraycopy(text, from, pool, poolSize, length);
    poolSize += length;
    ends[size] = poolSize;
    hashes[size] = hash;
    size++;
    if (size * 2 > slots.length) {
      grow();
    }
  }

  private void grow() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int term = 0; term < size; term++) {
      int slot = (hashes[term] >>> 7) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = term + 1;
    }
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>(size);
    for (int term = 0; term < size; term++) {
      texts.add(new String(pool, start(term), ends[term] - start(term)));
    }
    return texts;
  }
}
