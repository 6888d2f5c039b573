package dev.tenfold.bench.toolkit;

import java.util.zip.Deflater;

/** What is made anew or pooled: cheap, middling, and dear to make. */
enum Things {
  BYTES_1K {
    @Override
    Object make() {
      return new byte[1 << 10];
    }
  },
  BYTES_64K {
    @Override
    Object make() {
      return new byte[64 << 10];
    }
  },
  DEFLATER {
    @Override
    Object make() {
      return new Deflater();
    }
  };

  abstract Object make();

  /** Uses a thing as little as can be: two writes, or a word of text. */
  static Object use(Object thing) {
    if (thing instanceof byte[] bytes) {
      bytes[0]++;
      bytes[bytes.length - 1]++;
    } else if (thing instanceof Deflater deflater) {
      deflater.setInput(WORD);
    }
    return thing;
  }

  /** Makes a used thing as good as new, where that is more than nothing. */
  static void reset(Object thing) {
    if (thing instanceof Deflater deflater) {
      deflater.reset();
    }
  }

  /** Ends one that is not used again: what waits for the collector would not be counted. */
  static void drop(Object thing) {
    if (thing instanceof Deflater deflater) {
      deflater.end();
    }
  }

  private static final byte[] WORD = {'t', 'e', 'n', 'f', 'o', 'l', 'd'};
}
