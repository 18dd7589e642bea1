package hinomi.collector.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/// Arrays for decoded bodies, used again and again: making and clearing one costs as much as
/// decoding into it, and the one used last is still in the cache. Any thread.
final class Buffers {
  /// A few more than there are requests being decoded at once; the others wait for the disk.
  private static final int KEPT = 16;

  private static final int SMALLEST = 1 << 18;
  private static final int LARGEST = 4 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<byte[]> free = new ArrayDeque<>();

  /// One that is at least as long; what is in it is left from before.
  byte[] take(int length) {
    lock.lock();
    try {
      byte[] last = free.pollFirst();
      if (last != null && last.length >= length) {
        return last;
      }
    } finally {
      lock.unlock();
    }
    int size = Math.max(SMALLEST, length);
    // Room to grow, so that the next body, which is about as long, fits as well.
    return new byte[size <= LARGEST ? Integer.highestOneBit(size - 1) * 2 : size];
  }

  /// Gives one back that nobody uses any more.
  void give(byte[] buffer) {
    if (buffer.length > LARGEST) {
      return;
    }
    lock.lock();
    try {
      if (free.size() < KEPT) {
        free.addFirst(buffer);
      }
    } finally {
      lock.unlock();
    }
  }
}
