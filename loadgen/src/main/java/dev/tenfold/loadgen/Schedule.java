package dev.tenfold.loadgen;

/**
 * Which request is meant to go out when. Requests that are due and not taken wait; they take no
 * memory, since an arrival is nothing but its number. Not thread-safe.
 */
final class Schedule {
  private final Arrivals arrivals;
  private final long startNanos;
  private final long countFromNanos;
  private final long endNanos;
  private final long firstCounted;
  private final long limit;
  private long next;
  private long counted;
  private boolean stopped;

  Schedule(LoadPlan plan, long startNanos) {
    this.arrivals = plan.arrivals();
    this.startNanos = startNanos;
    countFromNanos = startNanos + plan.warmUp().toNanos();
    endNanos = countFromNanos + plan.duration().toNanos();
    if (arrivals instanceof Arrivals.Open open) {
      firstCounted = open.before(plan.warmUp().toNanos());
      long inTime = open.before(plan.warmUp().plus(plan.duration()).toNanos()) - firstCounted;
      limit = firstCounted + Math.min(inTime, plan.requests());
    } else {
      firstCounted = 0;
      limit = plan.requests();
    }
  }

  /** True if a request may go out now. What the warm-up left over may not: it holds up others. */
  boolean isDue(long now) {
    if (next < firstCounted && counts(now)) {
      next = firstCounted;
    }
    boolean open = arrivals instanceof Arrivals.Open ? !stopped : now < endNanos;
    return open && dueNanos() <= now;
  }

  /** When the next request may go out; the largest number if there is none any more. */
  long dueNanos() {
    return switch (arrivals) {
      case Arrivals.Open open -> next < limit ? startNanos + open.nanosOf(next) : Long.MAX_VALUE;
      case Arrivals.Closed _ -> counted < limit ? Long.MIN_VALUE : Long.MAX_VALUE;
    };
  }

  /** Takes the request that is due, and says when it was meant to go out. */
  long take(long now) {
    long intended = arrivals instanceof Arrivals.Open ? dueNanos() : now;
    next++;
    if (counts(intended)) {
      counted++;
    }
    return intended;
  }

  /** A request that was meant to go out then is none of the warm-up. */
  boolean counts(long intended) {
    return intended >= countFromNanos;
  }

  /** What is still due after the end, and could not be sent, is not sent any more. */
  void stopAfterEnd(long now) {
    stopped |= now >= endNanos;
  }

  /** No request goes out any more. */
  boolean isOver() {
    return stopped || dueNanos() == Long.MAX_VALUE;
  }

  long countFromNanos() {
    return countFromNanos;
  }

  long endNanos() {
    return endNanos;
  }

  /** How many requests are due and wait for a connection. */
  long waiting(long now) {
    return arrivals instanceof Arrivals.Open open
        ? Math.max(0, Math.min(limit, open.before(now - startNanos)) - next)
        : 0;
  }

  /** How many requests that count were meant to go out by the end and never did. */
  long unsent() {
    return arrivals instanceof Arrivals.Open ? limit - Math.max(next, firstCounted) : 0;
  }
}
