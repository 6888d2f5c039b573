package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tenfold.toolkit.jsonrpc.ReplyScanner.Reply;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Body;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Problem;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What takes a second at most, and would take minutes if a cost grew with the square. */
@Timeout(30)
class HostileInputTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final int MANY = 100_000;

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Body scan(RequestScanner scanner, byte[] body) {
    return scanner.scan(body, 0, body.length);
  }

  @Test
  void aMebibyteOfBracketsNeedsNoStack() {
    byte[] brackets = bytes("[".repeat(MEBIBYTE));
    byte[] objects = bytes("{\"\":".repeat(MEBIBYTE / 4));

    assertThat(scan(new RequestScanner(128, 100), brackets)).isEqualTo(Body.TOO_DEEP);
    assertThat(scan(new RequestScanner(MEBIBYTE, 100), brackets)).isEqualTo(Body.NOT_JSON);
    assertThat(scan(new RequestScanner(MEBIBYTE, 100), objects)).isEqualTo(Body.NOT_JSON);
    assertThat(new ReplyScanner(MEBIBYTE).scan(brackets, 0, MEBIBYTE)).isEqualTo(Reply.NOT_JSON);
    assertThat(new CanonicalWriter().write(brackets, 0, MEBIBYTE)).isFalse();
  }

  @Test
  void theDeepestThatIsAllowedIsRead() {
    int depth = MEBIBYTE / 2;
    byte[] nested = bytes("[".repeat(depth) + "]".repeat(depth));

    assertThat(scan(new RequestScanner(depth, 1), nested)).isEqualTo(Body.BATCH);
    assertThat(scan(new RequestScanner(depth - 1, 1), nested)).isEqualTo(Body.TOO_DEEP);
  }

  @Test
  void aHundredThousandMembersAreComparedQuickly() {
    String members =
        IntStream.range(0, MANY).mapToObj("\"%05x\":0,"::formatted).collect(Collectors.joining());
    String call = "{" + members + "\"jsonrpc\":\"2.0\",\"method\":\"m\"";
    RequestScanner scanner = new RequestScanner(8, 8);

    assertThat(scan(scanner, bytes(call + "}"))).isEqualTo(Body.SINGLE);
    assertThat(scanner.problem(0)).isEqualTo(Problem.NONE);
    String last = String.format(Locale.ROOT, ",\"\\u0030%04x\":1}", 0);
    assertThat(scan(scanner, bytes(call + last))).isEqualTo(Body.SINGLE);
    assertThat(scanner.problem(0)).isEqualTo(Problem.DUPLICATE_MEMBER);
  }

  @Test
  void namesAreForgottenBetweenTheCallsOfABatch() {
    String members =
        IntStream.range(0, 100).mapToObj("\"x%d\":0,"::formatted).collect(Collectors.joining());
    String call = "{" + members + "\"jsonrpc\":\"2.0\",\"method\":\"m\"}";
    RequestScanner scanner = new RequestScanner(8, 8);

    assertThat(scan(scanner, bytes("[" + call + "," + call + "]"))).isEqualTo(Body.BATCH);
    assertThat(scanner.problem(0)).isEqualTo(Problem.NONE);
    assertThat(scanner.problem(1)).isEqualTo(Problem.NONE);
  }

  @Test
  void aLongStringOfEscapesIsReadOnce() {
    String escapes = "\\u0030".repeat(MEBIBYTE / 6);
    byte[] value = bytes("\"" + escapes + "\"");
    CanonicalWriter writer = new CanonicalWriter();

    assertThat(writer.write(value, 0, value.length)).isTrue();
    assertThat(writer.length()).isEqualTo(MEBIBYTE / 6 + 2);
  }

  @Test
  void theUsualCallIsReadAndWrittenWithoutAllocation() {
    byte[] call =
        bytes(
            """
            {"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"0xAbC","data":"0x70a08231"},
             "latest"],"extra":0}\
            """);
    RequestScanner scanner = new RequestScanner(128, 100);
    ReplyScanner replies = new ReplyScanner(128);
    CanonicalWriter writer = new CanonicalWriter();
    readAndWrite(call, scanner, replies, writer, 1_000);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int rounds = 10_000;
    readAndWrite(call, scanner, replies, writer, rounds);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // One object a round would be 16 bytes or more.
    assertThat(allocated).isLessThan(rounds);
  }

  private static void readAndWrite(
      byte[] call,
      RequestScanner scanner,
      ReplyScanner replies,
      CanonicalWriter writer,
      int rounds) {
    int written = 0;
    for (int i = 0; i < rounds; i++) {
      scanner.scan(call, 0, call.length);
      replies.scan(call, 0, call.length);
      writer.reset();
      writer.put(call, scanner.methodFrom(0), scanner.methodTo(0));
      writer.write(call, scanner.paramsFrom(0), scanner.paramsTo(0));
      written += writer.length() + (writer.hash() & 1);
    }
    assertThat(written).isPositive();
  }
}
