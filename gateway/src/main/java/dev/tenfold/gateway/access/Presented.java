package dev.tenfold.gateway.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What a request shows of who sends it. */
public interface Presented {

  /** Its key; null if it has none. */
  @Nullable PresentedKey key();

  /** The chain that it is for. */
  String chain();

  /** The {@code Origin} that a browser says; null if there is none. */
  @Nullable String origin();

  /** Where it comes from: the client behind proxies that are trusted. */
  InetAddress address();
}
