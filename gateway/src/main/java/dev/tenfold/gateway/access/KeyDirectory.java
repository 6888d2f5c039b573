package dev.tenfold.gateway.access;

import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where keys are found. Thread-safe. */
public interface KeyDirectory {

  /** What came of looking for a key. */
  sealed interface Lookup {}

  /**
   * There is such a key.
   *
   * @param key what it may; compared by identity: as long as the same record is found, nothing of
   *     the key has changed
   * @param until from then on this secret of it is refused; null for never
   */
  record Found(KeyRecord key, @Nullable Instant until) implements Lookup {}

  /** There certainly is no such key, or it is revoked. */
  record Unknown() implements Lookup {
    public static final Unknown SUCH = new Unknown();
  }

  /** It could not be found out now. */
  record Unavailable() implements Lookup {
    public static final Unavailable NOW = new Unavailable();
  }

  /** A directory without keys. */
  static KeyDirectory empty() {
    return new KeyDirectory() {
      @Override
      public Lookup known(KeyHash hash) {
        return Unknown.SUCH;
      }

      @Override
      public Future<Lookup> find(KeyHash hash) {
        return Future.succeededFuture(Unknown.SUCH);
      }
    };
  }

  /**
   * What is known without asking anybody; null if it must be looked up. Called on event loops for
   * each request that has a key: takes no lock, does no I/O, allocates nothing.
   */
  @Nullable Lookup known(KeyHash hash);

  /** Looks a key up, elsewhere than on the calling thread; completes on any thread, never fails. */
  Future<Lookup> find(KeyHash hash);
}
