package dev.tenfold.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Which ports are taken, for a message that helps. */
final class Ports {
  private Ports() {}

  /** True if the failure is that an address could not be bound. */
  static boolean isBindFailure(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // Netty's native transports have an exception of their own for it.
      if (cause instanceof BindException
          || (cause instanceof IOException
              && String.valueOf(cause.getMessage()).startsWith("bind("))) {
        return true;
      }
    }
    return false;
  }

  static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** The next port above that is free and not the other one. */
  static int nextFree(String host, int port, int other) {
    for (int next = port + 1; next <= 65_535; next++) {
      if (next != other && isFree(host, next)) {
        return next;
      }
    }
    return 0;
  }
}
