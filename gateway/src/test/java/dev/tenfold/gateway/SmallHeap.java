package dev.tenfold.gateway;

import dev.tenfold.gateway.config.Config;
import java.io.IOException;

/** A gateway in a process of its own, which ends with its standard input. */
final class SmallHeap {
  private SmallHeap() {}

  /** Takes the configuration, and prints the port. */
  @SuppressWarnings("SystemOut") // the parent reads it
  public static void main(String[] arguments) throws IOException {
    try (Gateway gateway = Gateway.start(Config.of(arguments[0]))) {
      System.out.println("port " + gateway.port());
      while (System.in.read() >= 0) {
        // The parent says nothing before it closes.
      }
    }
  }
}
