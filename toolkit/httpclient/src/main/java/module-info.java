/** Pooled, kept-alive HTTP connections with limits for each origin. */
module dev.tenfold.toolkit.httpclient {
  requires static transitive org.jspecify;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.compression;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires io.netty.transport;
  requires transitive io.vertx.core;

  exports dev.tenfold.toolkit.httpclient;
}
