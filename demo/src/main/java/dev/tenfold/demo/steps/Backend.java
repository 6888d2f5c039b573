package dev.tenfold.demo.steps;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
public final class Backend implements AutoCloseable {
  private static final int BACKLOG = 1024;

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

  /** Serves until it is ended; arguments: the step, the port, the node's URL, a new file. */
  public static void main(String[] arguments) throws IOException, SQLException {
    Step step = Step.valueOf(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    try {
      @SuppressWarnings("resource") // it ends with the process
      Backend backend = start(step, port, URI.create(arguments[2]), Path.of(arguments[3]));
      System.out.println("The backend at step \"" + step.title() + "\" at " + backend.url());
    } catch (BindException e) {
      System.err.println("port " + port + " is in use");
      System.exit(1);
    }
  }

  /**
   * Starts it on loopback.
   *
   * @param file of the database, which must not be there yet
   */
  static Backend start(Step step, int port, URI node, Path file) throws IOException, SQLException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    Database database = new Database(file);
    Backend backend = new Backend(Parts.of(step, node, database), database, server);
    server.setExecutor(backend.threads);
    server.createContext("/", backend::handle);
    server.createContext("/written", backend::tellWritten);
    server.start();
    return backend;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
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
        System.err.println("a question was not answered: " + e);
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
