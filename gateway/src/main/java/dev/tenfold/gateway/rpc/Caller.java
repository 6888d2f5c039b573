package dev.tenfold.gateway.rpc;

import java.util.ArrayList;
import java.util.List;

/**
 * The client behind one HTTP request, for those who work on its behalf: is it still there?
 *
 * <p>Confined to the event loop of the client's connection.
 */
public final class Caller {
  private final List<Runnable> whenGone = new ArrayList<>(0);
  private boolean gone;

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
