package dev.tenfold.toolkit.httpclient;

import java.util.concurrent.atomic.AtomicLong;

/** Room with a bound, which knows how much was ever taken of it. */
final class CountedRoom implements AnswerRoom {
  private final long bytes;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong most = new AtomicLong();

  CountedRoom(long bytes) {
    this.bytes = bytes;
  }

  @Override
  public boolean take(long more) {
    long now = taken.addAndGet(more);
    if (now > bytes) {
      taken.addAndGet(-more);
      return false;
    }
    most.accumulateAndGet(now, Math::max);
    return true;
  }

  @Override
  public void give(long less) {
    if (taken.addAndGet(-less) < 0) {
      throw new IllegalStateException("more was given back than was taken");
    }
  }

  long taken() {
    return taken.get();
  }

  long most() {
    return most.get();
  }
}
