package dev.tenfold.toolkit.jsonrpc;

import java.util.Arrays;

/**
 * Sorts the members of objects that were written one after the other into a buffer. Objects nest:
 * the members of those that are still open wait on a stack. Allocates only to grow.
 */
final class MemberOrder {
  private static final int INITIAL = 16;

  /** Where each member starts, where its name ends, and where it ends, in the buffer. */
  private int[] starts = new int[INITIAL];

  private int[] nameEnds = new int[INITIAL];
  private int[] ends = new int[INITIAL];
  private int count;

  /** The number of the first member of each object that is open. */
  private int[] firsts = new int[INITIAL];

  private int open;

  /** Numbers of the members of the object that is being sorted. */
  private int[] order = new int[INITIAL];

  private byte[] sorted = new byte[INITIAL];

  void clear() {
    count = 0;
    open = 0;
  }

  /** An object starts. */
  void open() {
    if (open == firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * open);
    }
    firsts[open++] = count;
  }

  /** A member of the innermost object starts; its name was written between these indices. */
  void begin(int start, int nameEnd) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      nameEnds = Arrays.copyOf(nameEnds, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    nameEnds[count++] = nameEnd;
  }

  /** The member that began last ends before this index. */
  void end(int end) {
    ends[count - 1] = end;
  }

  /** The innermost object is complete: sorts its members; false if two have the same name. */
  boolean close(byte[] buffer) {
    int first = firsts[--open];
    int size = count - first;
    boolean distinct = isSorted(buffer, first) || sort(buffer, first, size);
    count = first;
    return distinct;
  }

  private boolean isSorted(byte[] buffer, int first) {
    for (int member = first + 1; member < count; member++) {
      if (compare(buffer, member - 1, member) >= 0) {
        return false;
      }
    }
    return true;
  }

  private boolean sort(byte[] buffer, int first, int size) {
    if (order.length < size) {
      order = new int[Math.max(size, 2 * order.length)];
    }
    for (int i = 0; i < size; i++) {
      order[i] = first + i;
    }
    heapSort(buffer, size);
    for (int i = 1; i < size; i++) {
      if (compare(buffer, order[i - 1], order[i]) == 0) {
        return false;
      }
    }
    rewrite(buffer, first, size);
    return true;
  }

  /** Chosen because it needs no more room, no recursion, and never O(n^2) steps. */
  private void heapSort(byte[] buffer, int size) {
    for (int root = size / 2 - 1; root >= 0; root--) {
      sink(buffer, root, size);
    }
    for (int last = size - 1; last > 0; last--) {
      int largest = order[0];
      order[0] = order[last];
      order[last] = largest;
      sink(buffer, 0, last);
    }
  }

  private void sink(byte[] buffer, int root, int size) {
    int sinking = order[root];
    int hole = root;
    for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && compare(buffer, order[child], order[child + 1]) < 0) {
        child++;
      }
      if (compare(buffer, sinking, order[child]) >= 0) {
        break;
      }
      order[hole] = order[child];
      hole = child;
    }
    order[hole] = sinking;
  }

  /** Names are the same for many readers (Go's, for one) if they differ only in case. */
  private int compare(byte[] buffer, int a, int b) {
    int shift = starts[b] - starts[a];
    int end = Math.min(nameEnds[a], nameEnds[b] - shift);
    for (int i = starts[a]; i < end; i++) {
      int difference = lower(buffer[i]) - lower(buffer[i + shift]);
      if (difference != 0) {
        return difference;
      }
    }
    return (nameEnds[a] - starts[a]) - (nameEnds[b] - starts[b]);
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b & 0xff;
  }

  private void rewrite(byte[] buffer, int first, int size) {
    int from = starts[first];
    int length = ends[count - 1] - from;
    if (sorted.length < length) {
      sorted = new byte[Math.max(length, 2 * sorted.length)];
    }
    int at = 0;
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        sorted[at++] = ',';
      }
      int member = order[i];
      int bytes = ends[member] - starts[member];
      System.arraycopy(buffer, starts[member], sorted, at, bytes);
      at += bytes;
    }
    System.arraycopy(sorted, 0, buffer, from, length);
  }
}
