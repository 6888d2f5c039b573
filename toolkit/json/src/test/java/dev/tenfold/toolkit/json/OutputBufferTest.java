package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class OutputBufferTest {

  private static String written(OutputBuffer buffer) {
    return new String(buffer.toBytes(), UTF_8);
  }

  @Test
  void itBeginsWith256BytesAndDoubles() throws OutputTooLarge {
    OutputBuffer buffer = new OutputBuffer(1 << 20);
    assertThat(buffer.capacity()).isEqualTo(256);

    buffer.ascii("x".repeat(256));
    assertThat(buffer.capacity()).isEqualTo(256);
    buffer.put('y');
    assertThat(buffer.capacity()).isEqualTo(512);
    buffer.ascii("z".repeat(2_000));
    assertThat(buffer.capacity()).isEqualTo(2_257);
    assertThat(written(buffer)).isEqualTo("x".repeat(256) + "y" + "z".repeat(2_000));
  }

  @Test
  void itNeverGrowsBeyondTheLimit() throws OutputTooLarge {
    OutputBuffer buffer = new OutputBuffer(300);
    buffer.ascii("x".repeat(300));

    assertThat(buffer.capacity()).isEqualTo(300);
    assertThatExceptionOfType(OutputTooLarge.class).isThrownBy(() -> buffer.put('x'));
    assertThat(new OutputBuffer(10).capacity()).isEqualTo(10);
  }

  @Test
  void whatIsLargerThan64KibIsNotKept() throws OutputTooLarge {
    OutputBuffer buffer = new OutputBuffer(1 << 20);
    buffer.ascii("x".repeat(64 << 10));
    buffer.clear();
    assertThat(buffer.capacity()).isEqualTo(64 << 10);

    buffer.ascii("x".repeat((64 << 10) + 1));
    buffer.clear();
    assertThat(buffer.capacity()).isEqualTo(256);
    assertThat(buffer.length()).isZero();
    buffer.string("y".repeat(40));
    assertThat(written(buffer)).isEqualTo("\"" + "y".repeat(40) + "\"");
  }

  @Test
  void textsOfAllLengthsAndKindsOfCharactersAreWhole() throws OutputTooLarge {
    String[] marks = {"", "é", "中", "😀", "\"", "\\", "\n", "\u0001", "\u007F", "\ud800", "\udc00"};
    OutputBuffer buffer = new OutputBuffer(1 << 20);
    for (int length :
        new int[] {0, 1, 7, 8, 31, 32, 33, 254, 255, 510, 511, 512, 513, 1_024, 5_000}) {
      for (String mark : marks) {
        for (int at : new int[] {0, length / 2, Math.max(0, length - 1), length}) {
          String text = "a".repeat(at) + mark + "b".repeat(length - at);
          buffer.clear();
          buffer.string(text);

          assertThat(written(buffer)).as("%d %s", at, mark).isEqualTo(expected(text));
        }
      }
    }
  }

  private static String expected(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\u0001", "\\u0001")
            .replaceAll("\ud800(?![\udc00-\udfff])", "\\\\uD800")
            .replaceAll("(?<![\ud800-\udbff])\udc00", "\\\\uDC00")
        + '"';
  }
}
