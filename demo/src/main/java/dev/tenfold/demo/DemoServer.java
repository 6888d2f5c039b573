package dev.tenfold.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/**
 * A server of the demo's own, which runs in a process by itself, on a {@link Leash}. Its class is
 * public and has a public constructor without parameters.
 */
public interface DemoServer {
  /** How many connections may wait to be accepted. */
  int BACKLOG = 1024;

  /**
   * Serves from here on, until the process is ended.
   *
   * @return where it listens
   * @throws Exception if it cannot; the message is told to who started the process
   */
  URI start(List<String> arguments) throws Exception;

  /**
   * The server of the JDK on loopback, not started yet.
   *
   * @throws DemoException if the port is in use
   */
  static HttpServer onLoopback(int port) throws IOException {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    } catch (BindException e) {
      throw new DemoException("port " + port + " is in use", e);
    }
  }

  /** Where a server of {@link #onLoopback} listens. */
  static URI url(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
