package dev.tenfold.gateway.access;

import dev.tenfold.gateway.rpc.Account;
import dev.tenfold.gateway.rpc.Failure;
import org.jspecify.annotations.Nullable;

/** May this request come in? */
public sealed interface Verdict {

  /** No, since it could not be found out. */
  static Verdict unavailable() {
    return Refused.of(Failure.KEYS_UNAVAILABLE);
  }

  /** Yes; its calls are made on this account, or on none. */
  record Admitted(@Nullable Account account) implements Verdict {
    static final Admitted WITHOUT_ACCOUNT = new Admitted(null);
  }

  /** No; the message is for the caller, and names no secret. */
  record Refused(Failure failure, String message) implements Verdict {
    static Refused of(Failure failure) {
      return new Refused(failure, failure.row().message());
    }
  }
}
