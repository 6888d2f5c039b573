package dev.tenfold.toolkit.httpclient;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of the calls of one client: a hashed timer wheel (Varghese and Lauck, 1987), which
 * ticks only while a call is under way. Filing and unfiling cost a few field accesses under a lock
 * of their own; a deadline is met up to two ticks late, and never early.
 */
final class Deadlines {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
  private static final int SLOTS = 512;

  private final EventLoop eventLoop;
  private final LongSupplier nanoTime;
  private final Consumer<Exchange> onDeadline;

  private final @Nullable Exchange[] slots = new @Nullable Exchange[SLOTS];
  private final long startNanos;
  private long ticked;
  private int filed;
  private boolean ticking;

  Deadlines(EventLoop eventLoop, LongSupplier nanoTime, Consumer<Exchange> onDeadline) {
    this.eventLoop = eventLoop;
    this.nanoTime = nanoTime;
    this.onDeadline = onDeadline;
    this.startNanos = nanoTime.getAsLong();
  }

  /** Files a call under its deadline. */
  synchronized void add(Exchange exchange, long deadlineNanos) {
    exchange.deadlineNanos = deadlineNanos;
    if (filed == 0) {
      ticked = tickAt(nanoTime.getAsLong());
    }
    long tick = Math.max(tickAt(exchange.deadlineNanos), ticked) + 1;
    int slot = (int) (tick % SLOTS);
    Exchange first = slots[slot];
    exchange.slot = slot;
    exchange.later = first;
    if (first != null) {
      first.earlier = exchange;
    }
    slots[slot] = exchange;
    filed++;
    if (!ticking) {
      ticking = true;
      schedule();
    }
  }

  /** Files a call anew that is under way; does nothing if it has ended. */
  synchronized void move(Exchange exchange, long deadlineNanos) {
    if (exchange.slot >= 0) {
      remove(exchange);
      add(exchange, deadlineNanos);
    }
  }

  synchronized void remove(Exchange exchange) {
    if (exchange.slot < 0) {
      return;
    }
    Exchange earlier = exchange.earlier;
    Exchange later = exchange.later;
    if (earlier == null) {
      slots[exchange.slot] = later;
    } else {
      earlier.later = later;
    }
    if (later != null) {
      later.earlier = earlier;
    }
    exchange.earlier = null;
    exchange.later = null;
    exchange.slot = -1;
    filed--;
  }

  /** All calls under way. */
  synchronized List<Exchange> all() {
    List<Exchange> all = new ArrayList<>(filed);
    for (Exchange first : slots) {
      for (Exchange exchange = first; exchange != null; exchange = exchange.later) {
        all.add(exchange);
      }
    }
    return all;
  }

  private void schedule() {
    var _ = eventLoop.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
  }

  private void tick() {
    due().forEach(onDeadline);
  }

  private synchronized List<Exchange> due() {
    List<Exchange> due = new ArrayList<>(0);
    long now = nanoTime.getAsLong();
    long until = tickAt(now);
    for (long tick = Math.max(ticked + 1, until - SLOTS + 1); tick <= until; tick++) {
      collect((int) (tick % SLOTS), now, due);
    }
    ticked = Math.max(ticked, until);
    ticking = filed > 0;
    if (ticking) {
      schedule();
    }
    return due;
  }

  private void collect(int slot, long now, List<Exchange> due) {
    for (Exchange exchange = slots[slot]; exchange != null; exchange = exchange.later) {
      if (exchange.deadlineNanos - now <= 0) {
        due.add(exchange);
      }
    }
  }

  private long tickAt(long nanos) {
    return (nanos - startNanos) / TICK_NANOS;
  }
}
