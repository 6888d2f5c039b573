package dev.tenfold.gateway.access;

import dev.tenfold.gateway.access.KeyDirectory.Found;
import dev.tenfold.gateway.access.KeyDirectory.Lookup;
import dev.tenfold.gateway.access.KeyDirectory.Unavailable;
import dev.tenfold.gateway.access.KeyDirectory.Unknown;
import dev.tenfold.gateway.rpc.Failure;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in, by key or without one, and on which account calls are made then.
 *
 * <p>Thread-safe. A key that is known, and a caller without one, cost a look-up in memory each; no
 * lock, no I/O, and no allocation where the caller is let in.
 */
public final class Admission {
  private final boolean requireKey;
  private final Map<KeyHash, Found> configured;
  private final KeyDirectory stored;
  private final CallAccounts accounts;
  private final InstantSource clock;

  /**
   * Puts it together.
   *
   * @param requireKey true if a request without a key is refused
   * @param configured keys that are always known
   * @param stored all others
   */
  public Admission(
      boolean requireKey,
      Map<KeyHash, Found> configured,
      KeyDirectory stored,
      CallAccounts accounts,
      InstantSource clock) {
    this.requireKey = requireKey;
    this.configured = Map.copyOf(configured);
    this.stored = stored;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** What is decided without asking anybody; null if the key must be looked up. */
  public @Nullable Verdict known(Presented request) {
    PresentedKey key = request.key();
    if (key == null) {
      return withoutKey(request);
    }
    Lookup known = configured.get(key.hash());
    if (known == null) {
      known = key.mistyped() ? Unknown.SUCH : stored.known(key.hash());
    }
    return known == null ? null : judge(known, request, key.mistyped());
  }

  /** Looks the key up; completes on any thread, and never fails. */
  public Future<Verdict> find(Presented request) {
    PresentedKey key = request.key();
    if (key == null) {
      return Future.succeededFuture(withoutKey(request));
    }
    return stored.find(key.hash()).map(found -> judge(found, request, false));
  }

  private Verdict withoutKey(Presented request) {
    if (requireKey) {
      return Verdict.Refused.of(Failure.KEY_MISSING);
    }
    CallAccount account = accounts.ofAddress(request);
    return account == null ? Verdict.Admitted.WITHOUT_ACCOUNT : account.admitted();
  }

  private Verdict judge(Lookup lookup, Presented request, boolean mistyped) {
    return switch (lookup) {
      case Unknown _ when mistyped ->
          refused(Failure.KEY_UNKNOWN, "the API key is mistyped: its checksum is wrong");
      case Unknown _ -> Verdict.Refused.of(Failure.KEY_UNKNOWN);
      case Unavailable _ -> Verdict.Refused.of(Failure.KEYS_UNAVAILABLE);
      case Found found -> judge(found, request);
    };
  }

  private Verdict judge(Found found, Presented request) {
    KeyRecord key = found.key();
    if (key.revokedAt() != null) {
      return refused(Failure.KEY_UNKNOWN, "the API key was revoked");
    }
    if (isOver(key.expiresAt()) || isOver(found.until())) {
      return refused(Failure.KEY_UNKNOWN, "the API key has expired");
    }
    if (!key.chains().isEmpty() && !key.chains().contains(request.chain())) {
      return refused(Failure.KEY_FORBIDDEN, "the API key may not use this chain");
    }
    if (!key.origins().isEmpty() && !isOneOf(key, request.origin())) {
      return refused(Failure.KEY_FORBIDDEN, "the API key may not be used from this origin");
    }
    CallAccount account = accounts.of(key);
    if (!account.addresses().isEmpty() && !account.addresses().has(request.address())) {
      return refused(Failure.KEY_FORBIDDEN, "the API key may not be used from this address");
    }
    return account.admitted();
  }

  private static boolean isOneOf(KeyRecord key, @Nullable String origin) {
    return origin != null && key.origins().contains(origin);
  }

  private boolean isOver(@Nullable Instant end) {
    return end != null && clock.millis() >= end.toEpochMilli();
  }

  private static Verdict.Refused refused(Failure failure, String message) {
    return new Verdict.Refused(failure, message);
  }
}
