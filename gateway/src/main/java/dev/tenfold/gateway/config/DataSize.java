package dev.tenfold.gateway.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes, written as {@code 512B}, {@code 64KiB}, {@code 1MiB} or {@code 2GiB}.
 *
 * @param bytes not negative
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,10})(B|KiB|MiB|GiB)");
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size of " + bytes + " bytes; it must not be negative");
    }
  }

  public static DataSize kibibytes(long count) {
    return new DataSize(Math.multiplyExact(count, 1L << 10));
  }

  public static DataSize mebibytes(long count) {
    return new DataSize(Math.multiplyExact(count, 1L << 20));
  }

  /**
   * Reads a size.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static DataSize parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it must be a size such as 512B, 64KiB, 1MiB or 2GiB");
    }
    long count = Long.parseLong(matcher.group(1));
    for (int unit = 0; unit < UNITS.length; unit++) {
      if (UNITS[unit].equals(matcher.group(2))) {
        return new DataSize(count << (10 * unit));
      }
    }
    throw new AssertionError(matcher.group(2));
  }

  /** The same size in the largest unit that divides it. */
  @Override
  public String toString() {
    int unit = 0;
    long count = bytes;
    while (unit < UNITS.length - 1 && count != 0 && count % 1024 == 0) {
      count /= 1024;
      unit++;
    }
    return count + UNITS[unit];
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }
}
