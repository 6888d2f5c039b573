package dev.tenfold.simnode;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Recursive length prefix, the encoding of the Ethereum yellow paper, appendix B. */
final class Rlp {
  private final byte[] input;
  private int at;

  private Rlp(byte[] input, int at) {
    this.input = input;
    this.at = at;
  }

  /** A decoded value. */
  sealed interface Item {}

  /** A string of bytes. */
  record Bytes(byte[] value) implements Item {
    BigInteger number() {
      if (value.length > 0 && value[0] == 0) {
        throw new IllegalArgumentException("rlp: non-canonical integer (leading zero bytes)");
      }
      return new BigInteger(1, value);
    }

    String hex() {
      return Hex.data(value);
    }
  }

  /** A list of values. */
  record Items(List<Item> items) implements Item {
    Bytes bytes(int index) {
      if (index < items.size() && items.get(index) instanceof Bytes bytes) {
        return bytes;
      }
      throw new IllegalArgumentException("rlp: expected String or Byte");
    }

    Items list(int index) {
      if (index < items.size() && items.get(index) instanceof Items list) {
        return list;
      }
      throw new IllegalArgumentException("rlp: expected List");
    }
  }

  static byte[] string(byte[] value) {
    if (value.length == 1 && value[0] >= 0) {
      return value;
    }
    return join(prefix(0x80, value.length), value);
  }

  static byte[] hex(String data) {
    return string(Hex.bytes(data));
  }

  static byte[] number(BigInteger value) {
    return string(Hex.shortest(value));
  }

  static byte[] number(long value) {
    return number(BigInteger.valueOf(value));
  }

  /** A list of values that are encoded already. */
  static byte[] list(List<byte[]> encoded) {
    byte[] body = join(encoded.toArray(byte[][]::new));
    return join(prefix(0xc0, body.length), body);
  }

  static byte[] list(byte[]... encoded) {
    return list(Arrays.asList(encoded));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] prefix(int offset, int length) {
    if (length < 56) {
      return new byte[] {(byte) (offset + length)};
    }
    byte[] size = Hex.shortest(BigInteger.valueOf(length));
    return join(new byte[] {(byte) (offset + 55 + size.length)}, size);
  }

  /**
   * Decodes one value that fills the input from {@code from} to its end.
   *
   * @throws IllegalArgumentException if it does not
   */
  static Item decode(byte[] input, int from) {
    Rlp rlp = new Rlp(input, from);
    Item item = rlp.item(input.length);
    if (rlp.at != input.length) {
      throw new IllegalArgumentException("rlp: input contains more than one value");
    }
    return item;
  }

  private Item item(int limit) {
    if (at >= limit) {
      throw new IllegalArgumentException("rlp: value size exceeds available input length");
    }
    int head = input[at++] & 0xff;
    if (head < 0x80) {
      return new Bytes(new byte[] {(byte) head});
    }
    boolean list = head >= 0xc0;
    int size = head - (list ? 0xc0 : 0x80);
    int length = size < 56 ? size : longLength(size - 55, limit);
    if (length > limit - at) {
      throw new IllegalArgumentException("rlp: value size exceeds available input length");
    }
    return list ? items(at + length) : bytes(length);
  }

  private int longLength(int digits, int limit) {
    if (digits > 3 || digits > limit - at) {
      throw new IllegalArgumentException("rlp: value size exceeds available input length");
    }
    int length = 0;
    for (int i = 0; i < digits; i++) {
      length = length << 8 | (input[at++] & 0xff);
    }
    if (length < 56) {
      throw new IllegalArgumentException("rlp: non-canonical size information");
    }
    return length;
  }

  private Bytes bytes(int length) {
    byte[] value = Arrays.copyOfRange(input, at, at + length);
    if (length == 1 && value[0] >= 0) {
      throw new IllegalArgumentException("rlp: non-canonical size information");
    }
    at += length;
    return new Bytes(value);
  }

  private Items items(int end) {
    List<Item> items = new ArrayList<>();
    while (at < end) {
      items.add(item(end));
    }
    return new Items(items);
  }
}
