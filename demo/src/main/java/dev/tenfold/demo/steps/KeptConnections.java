package dev.tenfold.demo.steps;

import dev.tenfold.toolkit.httpclient.ClientException;
import dev.tenfold.toolkit.httpclient.ClientPool;
import dev.tenfold.toolkit.httpclient.ClientPoolOptions;
import dev.tenfold.toolkit.httpclient.HttpAnswer;
import dev.tenfold.toolkit.httpclient.HttpCall;
import dev.tenfold.toolkit.httpclient.Target;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** The way to the node by the toolkit: connections are kept and used again. */
final class KeptConnections implements NodeClient {
  /** As many as requests can be under way: the first-day way has no limit either. */
  private static final int CONNECTIONS = 1_024;

  private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

  private final Target node;
  private final ClientPool pool =
      ClientPool.create(
          ClientPoolOptions.builder()
              .maxOpenPerOrigin(CONNECTIONS)
              .maxIdlePerOrigin(CONNECTIONS)
              .maxIdle(CONNECTIONS)
              .build());

  KeptConnections(URI node) {
    this.node = Target.of(node);
  }

  @Override
  public byte[] post(byte[] call) throws IOException {
    try {
      HttpAnswer answer = pool.exchange(HttpCall.post(node, HEADERS, call));
      if (answer.status() != 200) {
        throw new IOException("the node said HTTP " + answer.status());
      }
      return answer.body();
    } catch (ClientException e) {
      throw new IOException("the node does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
