package dev.tenfold.gateway.admin;

import dev.tenfold.gateway.access.Limits;
import dev.tenfold.gateway.access.Tiers;
import dev.tenfold.gateway.accounts.Accounts;
import dev.tenfold.gateway.accounts.Database;
import dev.tenfold.gateway.accounts.DatabaseUrl;
import dev.tenfold.gateway.accounts.UsageStore;
import dev.tenfold.gateway.ops.AdminToken;
import dev.tenfold.gateway.ops.OpsGuard;
import dev.tenfold.gateway.ops.OpsServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The admin API on a port of its own, over SQLite, spoken to byte by byte. */
final class AdminPort implements AutoCloseable {
  static final String TOKEN = "0123456789abcdef";

  private final Vertx vertx = Vertx.vertx();
  private final Database database;
  private final OpsServer server;
  final Accounts accounts;

  AdminPort(Path folder) {
    database = new Database(DatabaseUrl.parse("sqlite:test.db", folder));
    database.open();
    accounts = new Accounts(database, InstantSource.system());
    UsageStore usage = new UsageStore(database, InstantSource.system());
    OpsGuard guard = new OpsGuard("127.0.0.1", AdminToken.of(TOKEN));
    KeyRules rules = new KeyRules(Set.of("main"), new Tiers(Map.of(), Limits.NONE, Limits.NONE));
    AdminApi api = new AdminApi(vertx, guard, () -> {}, accounts, usage, rules);
    server =
        OpsServer.start(vertx, "127.0.0.1", 0, Map.of(), Map.of(AdminApi.PATH, api), guard).await();
  }

  /** What came back, byte for byte. */
  record Answer(String head, String body) {
    static Answer of(String text) {
      int end = text.indexOf("\r\n\r\n");
      return end < 0
          ? new Answer(text, "")
          : new Answer(text.substring(0, end), text.substring(end + 4));
    }

    int status() {
      return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }

    boolean isProblem() {
      return head.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json");
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** The beginning of a request, with the token; more header lines, and the body, may follow. */
  static String head(String method, String target) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + TOKEN
        + "\r\n";
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  static Answer answer(Socket socket) throws IOException {
    return Answer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  Answer ask(String head, String body) throws IOException {
    try (Socket socket = connect()) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      send(socket, head + "Connection: close\r\nContent-Length: " + length + "\r\n\r\n" + body);
      return answer(socket);
    }
  }

  @Override
  public void close() {
    vertx.close().await();
    database.close();
  }
}
