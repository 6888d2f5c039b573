package dev.tenfold.demo.steps;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** The way to the node as on a first day: a new connection for each call. */
final class ConnectionPerCall implements NodeClient {
  private static final int PATIENCE_MILLIS = 30_000;

  private final URI node;
  private final Buffers buffers;

  ConnectionPerCall(URI node, Buffers buffers) {
    this.node = node;
    this.buffers = buffers;
  }

  @Override
  public byte[] post(byte[] call) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) node.toURL().openConnection();
    try {
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      connection.setRequestProperty("Connection", "close");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(call);
      }
      try (InputStream in = connection.getInputStream()) {
        return buffers.readAll(in);
      }
    } finally {
      connection.disconnect();
    }
  }

  @Override
  public void close() {}
}
