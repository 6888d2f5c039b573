package dev.tenfold.gateway;

import dev.tenfold.gateway.access.KeyDirectory;
import dev.tenfold.gateway.access.KeyHash;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a database that opens behind the start, or when it is first needed: a key that comes
 * before is looked up as soon as it is open, so that it costs the first callers a moment, no call.
 */
final class KeysOnceOpen implements KeyDirectory {
  private final KeyDirectory keys;
  private final CompletableFuture<Void> opened;
  private final Runnable open;
  private final long mostMillis;

  /**
   * Keys of these.
   *
   * @param opened is done when they can be asked
   * @param open has them opened if that has not begun; returns at once
   * @param mostMillis so long a look-up waits for that
   */
  KeysOnceOpen(KeyDirectory keys, CompletableFuture<Void> opened, Runnable open, long mostMillis) {
    this.keys = keys;
    this.opened = opened;
    this.open = open;
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
    open.run();
    Promise<Lookup> found = Promise.promise();
    var _ =
        opened
            .copy()
            .orTimeout(mostMillis, TimeUnit.MILLISECONDS)
            .whenComplete((done, late) -> keys.find(hash).onComplete(found));
    return found.future();
  }
}
