package dev.tenfold.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Ends a reply that has begun and cannot be finished, so that nobody can take it for a whole one:
 * over HTTP/1 by a reset of the connection, without the last chunk; over HTTP/2 by a reset of the
 * stream. What still waited for the socket is dropped.
 */
final class Abort {
  /** {@code INTERNAL_ERROR}, RFC 9113, section 7. */
  private static final long INTERNAL_ERROR = 0x2;

  private Abort() {}

  static void reply(HttpServerRequest http) {
    if (http.version() == HttpVersion.HTTP_2) {
      http.response().reset(INTERNAL_ERROR);
      return;
    }
    Channel channel = ((ConnectionBase) http.connection()).channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    var _ =
        channel
            .pipeline()
            .firstContext()
            .close(); // past the stack, which would wait for the client
  }
}
