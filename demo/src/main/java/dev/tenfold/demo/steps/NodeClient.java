package dev.tenfold.demo.steps;

import java.io.IOException;

/** The way to the node. Its calls wait for the answer. */
interface NodeClient extends AutoCloseable {
  /** Sends a call, and returns the body of what came back. */
  byte[] post(byte[] call) throws IOException;

  @Override
  void close();
}
