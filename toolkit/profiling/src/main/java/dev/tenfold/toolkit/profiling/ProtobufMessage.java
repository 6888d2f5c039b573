package dev.tenfold.toolkit.profiling;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the three forms of the protobuf encoding that profile.proto needs. A value of zero is left
 * out, as protobuf 3 has it.
 *
 * <p>Source: <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</a>.
 */
final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int LENGTH = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void number(int field, long value) {
    if (value != 0) {
      varint(((long) field << 3) | VARINT);
      varint(value);
    }
  }

  void text(int field, String value) {
    bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  void message(int field, ProtobufMessage value) {
    bytes(field, value.toBytes());
  }

  void packed(int field, long[] values) {
    ProtobufMessage packed = new ProtobufMessage();
    for (long value : values) {
      packed.varint(value);
    }
    message(field, packed);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void bytes(int field, byte[] value) {
    varint(((long) field << 3) | LENGTH);
    varint(value.length);
    out.writeBytes(value);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
