package dev.tenfold.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.admin.AdminPort.Answer;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that come slowly, or not to their end. */
@Timeout(60)
class AdminBodiesTest {
  private static final String OPEN = "Content-Length: 1000\r\n\r\n{";

  @TempDir Path folder;
  private AdminPort port;

  @BeforeEach
  void open() {
    port = new AdminPort(folder);
  }

  @AfterEach
  void close() {
    port.close();
  }

  private static String row(String id) {
    return "{\"id\":\"%s\",\"name\":\"n\",\"email\":\"%s@b\"}".formatted(id, id);
  }

  private int status(String target) throws Exception {
    return port.ask(AdminPort.head("GET", target), "").status();
  }

  private void untilStatus(int status) throws Exception {
    while (status("/v1/users") != status) {
      LockSupport.parkNanos(1_000_000);
      assertThat(Thread.interrupted()).as("it has not happened in time").isFalse();
    }
  }

  @Test
  void aBodyThatComesByteByByteIsTaken() throws Exception {
    try (Socket socket = port.connect()) {
      socket.setTcpNoDelay(true);
      String body = row("slow");
      AdminPort.send(
          socket,
          AdminPort.head("POST", "/v1/users")
              + "Connection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n");
      for (int i = 0; i < body.length(); i++) {
        AdminPort.send(socket, body.substring(i, i + 1));
        assertThat(status("/v1/keys")).isEqualTo(200);
      }
      assertThat(AdminPort.answer(socket).status()).isEqualTo(201);
    }
  }

  @Test
  void theThirtyThirdAtOnceIsTurnedAwayAndPlacesComeBack() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      assertThat(status("/v1/users")).isEqualTo(200);
      Socket socket = port.connect();
      slow.add(socket);
      AdminPort.send(socket, AdminPort.head("POST", "/v1/users") + OPEN);
      if (i == 30) {
        assertThat(status("/v1/users")).isEqualTo(200);
      }
    }
    untilStatus(503);
    Answer refused = port.ask(AdminPort.head("POST", "/v1/users"), row("late"));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.isProblem()).isTrue();

    for (Socket socket : slow) {
      socket.close();
    }
    untilStatus(200);
    assertThat(port.ask(AdminPort.head("POST", "/v1/users"), row("late")).status()).isEqualTo(201);
  }

  @Test
  void theThirdBatchAtOnceIsTurnedAwayAndOtherRequestsAreNot() throws Exception {
    try (Socket one = port.connect();
        Socket two = port.connect()) {
      String head = AdminPort.head("POST", "/v1/users:batch");
      AdminPort.send(one, head + OPEN);
      AdminPort.send(two, head + OPEN);
      while (port.ask(head, "").status() != 503) {
        assertThat(Thread.interrupted()).as("it has not happened in time").isFalse();
      }
      assertThat(status("/v1/users")).isEqualTo(200);
    }
    String head = AdminPort.head("POST", "/v1/users:batch");
    while (port.ask(head, row("later")).status() == 503) {
      assertThat(Thread.interrupted()).as("it has not happened in time").isFalse();
    }
    assertThat(status("/v1/users/later")).isEqualTo(200);
  }

  @Test
  void aClientThatHangsUpInTheMiddleOfABatchLeavesNothing() throws Exception {
    String rows = row("one") + "\n" + row("two") + "\n";
    hangUp("Content-Length: " + (rows.length() + 1) + "\r\n\r\n" + rows, false);
    hangUp("Content-Length: " + (rows.length() + 1) + "\r\n\r\n" + rows, true);
    String chunk = Integer.toHexString(rows.length()) + "\r\n" + rows + "\r\n";
    hangUp("Transfer-Encoding: chunked\r\n\r\n" + chunk, false);
    hangUp("Transfer-Encoding: chunked\r\n\r\n" + chunk + "0", true);

    assertThat(port.accounts.users(null, 10).items()).isEmpty();
    assertThat(port.ask(AdminPort.head("POST", "/v1/users:batch"), rows).status()).isEqualTo(201);
  }

  /** Ends only when both places for batches are free again. */
  private void hangUp(String rest, boolean reset) throws Exception {
    String head = AdminPort.head("POST", "/v1/users:batch");
    try (Socket socket = port.connect()) {
      AdminPort.send(socket, head + rest);
      if (reset) {
        socket.setSoLinger(true, 0);
      } else {
        socket.shutdownOutput();
        assertThat(AdminPort.answer(socket).status()).isNotEqualTo(201);
      }
    }
    try (Socket other = port.connect()) {
      AdminPort.send(other, head + OPEN);
      while (port.ask(head, "").status() == 503) {
        assertThat(Thread.interrupted()).as("it has not happened in time").isFalse();
      }
    }
    while (port.ask(head, "").status() == 503) {
      assertThat(Thread.interrupted()).as("it has not happened in time").isFalse();
    }
  }
}
