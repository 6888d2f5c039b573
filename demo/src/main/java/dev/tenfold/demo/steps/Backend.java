package dev.tenfold.demo.steps;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tenfold.demo.DemoServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * The backend at one of its steps: the server of the JDK with a virtual thread for each request,
 * and one way from question to answer. {@code POST /} takes a question, {@code GET /written} says
 * how many were answered and how many visits are in the database.
 */
final class Backend implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Backend.class.getName());

  private final Parts parts;
  private final Database database;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LongAdder answered = new LongAdder();

  private Backend(Parts parts, Database database, HttpServer server) {
    this.parts = parts;
    this.database = database;
    this.server = server;
  }

  /**
   * Starts it on loopback.
   *
   * @param file of the database, which must not be there yet
   */
  static Backend start(Step step, int port, URI node, Path file) throws IOException, SQLException {
    HttpServer server = DemoServer.onLoopback(port);
    Database database = new Database(file);
    Backend backend = new Backend(Parts.of(step, node, database), database, server);
    server.setExecutor(backend.threads);
    server.createContext("/", backend::handle);
    server.createContext("/written", backend::tellWritten);
    server.start();
    return backend;
  }

  URI url() {
    return DemoServer.url(server);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        byte[] answer = answer(parts.buffers().readAll(exchange.getRequestBody()));
        answered.increment();
        send(exchange, 200, answer);
      } catch (BadQuestionException e) {
        send(exchange, 400, text(String.valueOf(e.getMessage())));
      } catch (IOException e) {
        LOG.log(Level.WARNING, "a question was not answered", e);
        send(exchange, 500, text(String.valueOf(e.getMessage())));
      }
    }
  }

  private byte[] answer(byte[] body) throws IOException {
    Format format = parts.formats().get();
    Question question = format.question(body);
    User user = parts.users().find(question.user());
    Facts facts = parts.chain().ask(question.lookup(), question.subject(), format);
    long now = System.currentTimeMillis();
    parts.visits().note(new Visit(now, user.id(), question.lookup().method()));
    return format.answer(question, user, facts);
  }

  private void tellWritten(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, 200, text(answered.sum() + " " + database.visits()));
    } catch (SQLException e) {
      throw new IOException("the database failed", e);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Ends what is under way, and writes the visits that are not written yet. */
  @Override
  public void close() throws SQLException {
    server.stop(0);
    threads.close();
    parts.close();
    database.close();
  }
}
