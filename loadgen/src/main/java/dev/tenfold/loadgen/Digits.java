package dev.tenfold.loadgen;

/** Decimal numbers in bytes, without an object in between. */
final class Digits {
  /** The most digits that a number has. */
  static final int MOST = 19;

  private Digits() {}

  /** Writes a number that is not negative, and returns the place after it. */
  static int write(byte[] to, int at, long number) {
    int end = at + count(number);
    writeBefore(to, end, number);
    return end;
  }

  /** Writes a number that is not negative so that it ends at a place; returns where it begins. */
  static int writeBefore(byte[] to, int end, long number) {
    int place = end;
    long rest = number;
    do {
      place--;
      to[place] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return place;
  }

  private static int count(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
