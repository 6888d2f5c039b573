package dev.tenfold.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.gateway.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers over {@code limits.buffered}, from a node on a bare socket to a client on one. */
@Timeout(60)
class LargeAnswersTest {
  private static final String LOGS =
      "{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"method\":\"eth_getLogs\",\"params\":[{}]}";
  private static final String OPENING = "{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"result\":";
  private static final int FIVE_MEGABYTES = 5_000;

  private static Gateway gateway(RawNode node) {
    return gateway(node, "");
  }

  private static Gateway gateway(RawNode node, String limits) {
    return Gateway.start(
        Config.of(
            """
            server: { port: 0 }
            ops: { port: 0 }
            limits: { attempt-timeout: 5s%s }
            shutdown: { timeout: 1s }
            chains: { main: { upstreams: [ { url: "%s" } ] } }
            """
                .formatted(limits, node.url())));
  }

  private static long sum(String before, int logs, String after) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(before.getBytes(StandardCharsets.UTF_8));
    Logs.write(logs, sum::update);
    sum.update(after.getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What a number is once it has not risen for half a second. */
  private static long stillness(AtomicLong number) {
    AtomicLong last = new AtomicLong(-1);
    AtomicLong since = new AtomicLong();
    until(
        () -> {
          long now = System.nanoTime();
          if (last.getAndSet(number.get()) != number.get()) {
            since.set(now);
          }
          return now - since.get() > Duration.ofMillis(500).toNanos();
        });
    return number.get();
  }

  @Test
  void fiftyMegabytesArriveByteForByte() throws Exception {
    int logs = Logs.fiftyMegabytes();
    try (RawNode node = new RawNode(peer -> peer.logs(logs));
        Gateway gateway = gateway(node)) {
      for (int i = 0; i < 2; i++) {
        try (Download download = Download.of(gateway, LOGS).head().all()) {
          assertThat(download.status()).isEqualTo(200);
          assertThat(download.header("transfer-encoding")).isEqualTo("chunked");
          assertThat(download.header("cache-status"))
              .isEqualTo("Tenfold; fwd=miss; detail=too-large");
          assertThat(download.length()).isEqualTo(OPENING.length() + Logs.length(logs) + 1);
          assertThat(download.sum()).isEqualTo(sum(OPENING, logs, "}"));
        }
      }
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNeverClosedAsIfItWereWhole() throws Exception {
    assertAborted(
        peer -> {
          peer.head(Logs.length(FIVE_MEGABYTES) + 1_000);
          peer.write(peer.opening());
          Logs.write(FIVE_MEGABYTES / 2, peer::write);
          throw new IOException("planted: it breaks off");
        });
  }

  @Test
  void anAnswerThatIsNotJsonInTheMiddleIsCutOff() throws Exception {
    assertAborted(
        peer -> {
          peer.head(peer.opening().length() + 2 * Logs.length(FIVE_MEGABYTES) + 1);
          peer.write(peer.opening());
          Logs.write(FIVE_MEGABYTES, peer::write);
          Logs.write(FIVE_MEGABYTES, peer::write);
          peer.write("}");
        });
  }

  @Test
  void anAnswerWithAnotherIdAtItsEndIsCutOff() throws Exception {
    assertAborted(
        peer -> {
          String opening = "{\"result\":";
          String closing = ",\"id\":" + peer.id + "0}";
          peer.head(opening.length() + Logs.length(FIVE_MEGABYTES) + closing.length());
          peer.write(opening);
          Logs.write(FIVE_MEGABYTES, peer::write);
          peer.write(closing);
        });
  }

  private static void assertAborted(RawNode.Script script) throws Exception {
    try (RawNode node = new RawNode(script);
        Gateway gateway = gateway(node)) {
      for (String version : List.of("1.1", "1.0")) {
        try (Download download = new Download(gateway.port(), version, LOGS)) {
          assertThat(download.head().status()).isEqualTo(200);
          assertThatThrownBy(download::all).isInstanceOf(IOException.class);
        }
      }
      assertThat(node.asked).as("it cannot be asked for again").hasValue(2);
      until(() -> stats(gateway).contains("\"active_requests\" : 0"));
      assertThat(stats(gateway)).contains("\"request_count\" : 2", "\"error_rate\" : 1.0");
    }
  }

  private static String stats(Gateway gateway) {
    URI address = URI.create("http://127.0.0.1:" + gateway.opsPort() + "/stats");
    try (InputStream page = address.toURL().openStream()) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatTheBeginningShowsToBeWrongIsAFailureLikeAnyOther() throws Exception {
    try (RawNode node =
            new RawNode(
                peer -> {
                  String wrong = "{\"id\":7777777,\"result\":";
                  peer.head(wrong.length() + Logs.length(FIVE_MEGABYTES) + 1);
                  peer.write(wrong);
                  Logs.write(FIVE_MEGABYTES, peer::write);
                  peer.write("}");
                });
        Gateway gateway = gateway(node);
        Download download = Download.of(gateway, LOGS).head()) {
      assertThat(download.status()).isEqualTo(503);
      assertThat(download.text()).contains("\"id\":\"mine\",\"error\":").contains("no node could");
      until(() -> node.answering.get() == 0);
    }
  }

  @Test
  void aSlowReaderSlowsTheNodeDown() throws Exception {
    int logs = Logs.fiftyMegabytes();
    try (RawNode node = new RawNode(peer -> peer.logs(logs));
        Gateway gateway = gateway(node);
        Download download = Download.of(gateway, LOGS).head()) {
      assertThat(stillness(node.written)).isLessThan(Logs.length(logs) / 2);
      assertThat(download.all().sum()).isEqualTo(sum(OPENING, logs, "}"));
    }
  }

  @Test
  void aReaderThatTakesNothingForTheTimeOfACallIsCutOff() throws Exception {
    try (RawNode node = new RawNode(peer -> peer.logs(Logs.fiftyMegabytes()));
        Gateway gateway = gateway(node, ", call-timeout: 5s");
        Download download = Download.of(gateway, LOGS).head()) {
      stillness(node.written);
      until(() -> node.answering.get() == 0);
      assertThatThrownBy(download::all).isInstanceOf(IOException.class);
    }
  }

  @Test
  void theNodeIsLetGoWhenTheClientHangsUp() throws Exception {
    try (RawNode node = new RawNode(peer -> peer.logs(Logs.fiftyMegabytes()));
        Gateway gateway = gateway(node)) {
      try (Download download = Download.of(gateway, LOGS).head()) {
        assertThat(download.status()).isEqualTo(200);
        assertThat(node.answering).hasValue(1);
      }
      until(() -> node.answering.get() == 0);
    }
  }

  private static byte[] gzip(String opening, int logs) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(opening.getBytes(StandardCharsets.UTF_8));
      Logs.write(logs, gzip::write);
      gzip.write('}');
    }
    return packed.toByteArray();
  }

  @Test
  void gzipFromANodeIsTakenOffSmallAnswersAndLargeOnes() throws Exception {
    for (int logs : List.of(3, FIVE_MEGABYTES)) {
      try (RawNode node =
              new RawNode(
                  peer -> peer.whole(gzip(peer.opening(), logs), "Content-Encoding: gzip"));
          Gateway gateway = gateway(node);
          Download download = Download.of(gateway, LOGS).head().all()) {
        assertThat(download.status()).isEqualTo(200);
        assertThat(download.sum()).isEqualTo(sum(OPENING, logs, "}"));
      }
    }
  }

  @Test
  void aGzipBombIsCutOffAtTheLargestAnswer() throws Exception {
    try (RawNode node =
            new RawNode(
                peer ->
                    peer.whole(
                        gzip(peer.opening(), Logs.fiftyMegabytes()), "Content-Encoding: gzip"));
        Gateway gateway = gateway(node, ", answer: 4MiB");
        Download download = Download.of(gateway, LOGS).head()) {
      assertThat(download.status()).isEqualTo(200);
      assertThatThrownBy(download::all).isInstanceOf(IOException.class);
      assertThat(download.length()).isLessThanOrEqualTo(4 << 20);
    }
  }

  @Test
  void anAnnouncedAnswerOverTheLargestIsRefusedBeforeItComes() throws Exception {
    try (RawNode node = new RawNode(peer -> peer.logs(FIVE_MEGABYTES));
        Gateway gateway = gateway(node, ", answer: 4MiB");
        Download download = Download.of(gateway, LOGS).head()) {
      assertThat(download.status()).isEqualTo(503);
      assertThat(download.text()).contains("larger than the gateway takes");
    }
  }

  @Test
  void aClientOfHttpOneZeroGetsTheWholeAndThenTheEnd() throws Exception {
    try (RawNode node = new RawNode(peer -> peer.logs(FIVE_MEGABYTES));
        Gateway gateway = gateway(node);
        Download download = new Download(gateway.port(), "1.0", LOGS).head().all()) {
      assertThat(download.header("connection")).isEqualTo("close");
      assertThat(download.header("transfer-encoding")).isEmpty();
      assertThat(download.sum()).isEqualTo(sum(OPENING, FIVE_MEGABYTES, "}"));
    }
  }

  @Test
  void aLargeMemberOfABatchStandsInItsPlaceBetweenSmallOnes() throws Exception {
    String small = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"eth_chainId\"}";
    String batch = "[" + small.formatted(1) + "," + LOGS + "," + small.formatted(2) + "]";
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":\"0x1\"}";
    try (RawNode node = new RawNode(peer -> peer.logs(FIVE_MEGABYTES));
        Gateway gateway = gateway(node);
        Download download = Download.of(gateway, batch).head().all()) {
      assertThat(download.header("cache-status"))
          .isEqualTo("Tenfold; fwd=miss; detail=\"hit=2, too-large=1\"");
      assertThat(download.sum())
          .isEqualTo(
              sum(
                  "[" + answer.formatted(1) + "," + OPENING,
                  FIVE_MEGABYTES,
                  "}," + answer.formatted(2) + "]"));
    }
  }

  @Test
  void aBatchOfManyLargeMembersArrivesWhole() throws Exception {
    String batch = "[" + (LOGS + ",").repeat(7) + LOGS + "]";
    try (RawNode node = new RawNode(peer -> peer.logs(FIVE_MEGABYTES));
        Gateway gateway = gateway(node);
        Download download = Download.of(gateway, batch).head().all()) {
      assertThat(download.length())
          .isEqualTo(8 * (OPENING.length() + Logs.length(FIVE_MEGABYTES) + 1) + 9);
    }
  }

  @Test
  void equalCallsAtOnceEachGetTheWholeOfALargeAnswer() throws Exception {
    long expected = sum(OPENING, FIVE_MEGABYTES, "}");
    try (RawNode node = new RawNode(peer -> peer.logs(FIVE_MEGABYTES));
        Gateway gateway = gateway(node)) {
      List<Download> downloads = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        downloads.add(Download.of(gateway, LOGS));
      }
      for (Download download : downloads) {
        assertThat(download.head().all().sum()).isEqualTo(expected);
        download.close();
      }
      assertThat(node.asked.get()).isBetween(1, 6);
    }
  }

  @Test
  void whatIsInFlightIsBoundedAndTheRefusalSaysSo() throws Exception {
    List<Download> holders = new ArrayList<>();
    try (RawNode node = new RawNode(peer -> peer.logs(Logs.fiftyMegabytes()));
        Gateway gateway = gateway(node, ", in-flight: 1536KiB")) {
      Download last = Download.of(gateway, LOGS).head();
      while (last.status() == 200) {
        holders.add(last);
        assertThat(holders).as("256 KiB each").hasSizeLessThan(7);
        last = Download.of(gateway, LOGS).head();
      }
      assertThat(holders).isNotEmpty();
      assertThat(last.status()).isEqualTo(503);
      assertThat(last.header("retry-after")).isEqualTo("1");
      assertThat(last.text())
          .contains("\"id\":\"mine\",\"error\":{\"code\":-32603")
          .contains("holds as much as it may");
      last.close();
      String chainId = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";
      try (Download small = Download.of(gateway, chainId).head()) {
        assertThat(small.status()).isEqualTo(200);
      }
      for (Download holder : holders) {
        holder.close();
      }
      until(() -> node.answering.get() == 0);
      try (Download again = Download.of(gateway, LOGS).head()) {
        assertThat(again.status()).isEqualTo(200);
      }
    }
  }
}
