package dev.tenfold.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** The way to a node as on a first day: a new connection for each call. */
public final class OneCallConnection {
  private static final int PATIENCE_MILLIS = 30_000;

  private OneCallConnection() {}

  /** How an answer is read. */
  public interface Answer<T> {
    /** Reads it to its end. */
    T read(InputStream in) throws IOException;
  }

  /** Sends a call, and waits for the answer. */
  public static <T> T post(URI node, byte[] call, Answer<T> answer) throws IOException {
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
        return answer.read(in);
      }
    } finally {
      connection.disconnect();
    }
  }
}
