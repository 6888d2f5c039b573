package dev.tenfold.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Ports of the loopback interface. */
final class Ports {
  private Ports() {}

  /** One that nobody listens on; nothing keeps another from taking it first. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
