package dev.tenfold.toolkit.httpclient;

import io.netty.channel.ChannelFuture;

/** What one sending of a call is on. On its client's event loop only, but for {@link #client}. */
interface Carrier {
  Client client();

  ChannelFuture write(Request request);

  /** Whether what the peer sends is read by itself, or only when {@link #read} says so. */
  void setReading(boolean byItself);

  /** Reads once. */
  void read();

  /** Nothing more is to come of it. */
  void close();
}
