package dev.tenfold.gateway;

import dev.tenfold.gateway.access.KeyDirectory;
import dev.tenfold.gateway.access.KeyHash;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a database that opens behind the start: a key that comes before is looked up as soon as
 * it is open, so that a start costs its first callers a moment and no call.
 */
final class KeysOnceOpen implements KeyDirectory {
  private final KeyDirectory keys;
  private final CompletableFuture<Void> opened;
  private final long mostMillis;

  /**
   * Keys of these.
   *
   * @param opened is done when they can be asked
   * @param mostMillis so long a look-up waits for that
   */
  KeysOnceOpen(KeyDirectory keys, CompletableFuture<Void> opened, long mostMillis) {
    this.keys = keys;
    this.opened = opened;
    this.mostMillis = mostMillis;
  }

  @Override
  public @Nullable Lookup known(KeyHash hash) {
    return opened.isDone() ? keys.known(hash) : null;
  }

  @Override
  public Future<Lookup> find(KeyHash hash) {
    if (opened.isDone()) {
      return keys.find(hash);
    }
    Promise<Lookup> found = Promise.promise();
    var _ =
        opened
            .copy()
            .orTimeout(mostMillis, TimeUnit.MILLISECONDS)
            .whenComplete((open, late) -> keys.find(hash).onComplete(found));
    return found.future();
  }
}
