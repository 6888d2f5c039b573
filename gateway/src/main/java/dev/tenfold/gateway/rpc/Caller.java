package dev.tenfold.gateway.rpc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client behind one HTTP request, for those who work on its behalf: is it still there?
 *
 * <p>Confined to the event loop of the client's connection.
 */
public final class Caller {
  private final List<Runnable> whenGone = new ArrayList<>(0);
  private final boolean ours;
  private boolean gone;
  private boolean batch;
  private boolean movedOn;
  private @Nullable Account account;

  /** A client. */
  public Caller() {
    this(false);
  }

  private Caller(boolean ours) {
    this.ours = ours;
  }

  /** Stands for the gateway itself, which asks on its own account. */
  public static Caller ourselves() {
    return new Caller(true);
  }

  /** Another caller of the same kind, on no account. */
  public Caller likeThis() {
    return new Caller(ours);
  }

  /** Said by the edge: its calls are made on this account, or on none. */
  public void on(@Nullable Account payer) {
    account = payer;
  }

  /** On whose account its calls are made; null for none. */
  public @Nullable Account account() {
    return account;
  }

  /** True if the gateway itself asks: what it asks is not counted as a call of a client. */
  public boolean isOurselves() {
    return ours;
  }

  /** Said by the edge: the request is a batch, so its calls must all see one chain. */
  public void sendsBatch() {
    batch = true;
  }

  /**
   * True if a call that found the chain changed may be put anew to the chain as it is now: not in a
   * batch, and not twice.
   */
  public boolean mayMoveOn() {
    return !batch && !movedOn;
  }

  /** Its call was put anew to the chain as it is now. */
  public void hasMovedOn() {
    movedOn = true;
  }

  /** True once the client has hung up: nothing more is to be spent on its calls. */
  public boolean isGone() {
    return gone;
  }

  /** Runs the action when the client hangs up; at once if it has. */
  public void onGone(Runnable action) {
    if (gone) {
      action.run();
    } else {
      whenGone.add(action);
    }
  }

  /** Said by the edge when the connection was closed before the reply was written. */
  public void leave() {
    if (!gone) {
      gone = true;
      whenGone.forEach(Runnable::run);
      whenGone.clear();
    }
  }
}
