package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.chain.ChainIdentity;
import dev.tenfold.toolkit.httpclient.HttpAnswers;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A node without a socket: bodies go to a function and come from it. */
public final class UpstreamInProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private UpstreamInProcess() {}

  /** A node that nobody has asked yet. What is given up is not called off. */
  public static Upstream over(
      String name,
      Function<byte[], Future<byte[]>> network,
      ChainIdentity identity,
      LongSupplier nanos) {
    UpstreamSettings settings = UpstreamSettings.of(name, URI.create("http://127.0.0.1:1/"));
    return new Upstream(
        settings,
        call -> new Network.Sent(network.apply(call.body()).map(HttpAnswers::ok), () -> {}),
        identity,
        "1.1 test",
        PATIENCE,
        Long.MAX_VALUE,
        UpstreamListener.NONE,
        nanos,
        InstantSource.system());
  }
}
