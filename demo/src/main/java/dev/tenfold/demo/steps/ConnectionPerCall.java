package dev.tenfold.demo.steps;

import dev.tenfold.demo.OneCallConnection;
import java.io.IOException;
import java.net.URI;

/** The way to the node as on a first day: a new connection for each call. */
record ConnectionPerCall(URI node, Buffers buffers) implements NodeClient {
  @Override
  public byte[] post(byte[] call) throws IOException {
    return OneCallConnection.post(node, call, buffers::readAll);
  }

  @Override
  public void close() {}
}
