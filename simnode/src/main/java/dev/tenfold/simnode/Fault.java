package dev.tenfold.simnode;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One way to go wrong, and when.
 *
 * @param kind what happens
 * @param probability from 0 to 1, for each request that it fits
 * @param times after so many it is gone; {@link Integer#MAX_VALUE}: never
 * @param method only requests with a call of this method; null: all. A fault of a call befalls the
 *     calls of this method only
 * @param retryAfter for {@link Kind#HTTP_429}: the header {@code Retry-After}, in whole seconds
 */
public record Fault(
    Kind kind, double probability, int times, @Nullable String method, Duration retryAfter) {

  /** What can happen to a request. */
  public enum Kind {
    /** The calls are carried out; the connection closes without an answer. */
    DROP,
    /** The calls are carried out; no answer ever comes. */
    SILENCE,
    /** The answer is announced whole, and the connection closes after half of it. */
    CUT_OFF,
    /** HTTP 500 with a page of HTML; nothing is carried out. */
    HTTP_500,
    /** HTTP 502 with a page of HTML; nothing is carried out. */
    HTTP_502,
    /** HTTP 429 with {@code Retry-After}; nothing is carried out. */
    HTTP_429,
    /** HTTP 200 without a body. */
    EMPTY,
    /** HTTP 200 with the first half of the answer's JSON. */
    TRUNCATED,
    /** HTTP 200 with what is no JSON. */
    INVALID_JSON,
    /** The answer comes twice: one after the other, or as two members of the batch. */
    DUPLICATED,
    /** Of a call: the answer has another id. */
    WRONG_ID,
    /** Of a call: the answer has neither result nor error. */
    NEITHER,
    /** Of a call: error -32603; nothing is carried out. */
    INTERNAL_ERROR,
    /** Of a call: error -32005, a rate limit; nothing is carried out. */
    RATE_LIMITED,
    /** Of a call: the result is null. */
    NULL_RESULT;

    boolean isOfCall() {
      return compareTo(WRONG_ID) >= 0;
    }

    /** True if the node does not look at what it was asked. */
    boolean refuses() {
      return this == HTTP_500 || this == HTTP_502 || this == HTTP_429;
    }

    static Kind of(String name) {
      try {
        return valueOf(name.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw RpcFailure.invalidParams("\"" + name + "\" is no kind of fault");
      }
    }
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a probability that is none or fewer than one time
   */
  public Fault {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability " + probability + ": must be from 0 to 1");
    }
    if (times < 1) {
      throw new IllegalArgumentException("times " + times + ": must be 1 or more");
    }
  }

  /** Befalls the next request only. */
  public static Fault once(Kind kind) {
    return always(kind).times(1);
  }

  /** Befalls each request until the faults are cleared. */
  public static Fault always(Kind kind) {
    return new Fault(kind, 1, Integer.MAX_VALUE, null, Duration.ofSeconds(1));
  }

  /** The same, befalling so many requests. */
  public Fault times(int count) {
    return new Fault(kind, probability, count, method, retryAfter);
  }

  /** The same, by chance. */
  public Fault withProbability(double chance) {
    return new Fault(kind, chance, times, method, retryAfter);
  }

  /** The same for requests that call the method. */
  public Fault onMethod(String name) {
    return new Fault(kind, probability, times, name, retryAfter);
  }

  /** The same with another {@code Retry-After}. */
  public Fault withRetryAfter(Duration wait) {
    return new Fault(kind, probability, times, method, wait);
  }

  boolean fits(String called) {
    return method == null || method.equals(called);
  }
}
