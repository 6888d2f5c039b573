package dev.tenfold.loadgen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Which calls are sent, and how often each. Immutable. {@code docs/load.md} has the format of its
 * file.
 *
 * @param name what it is called in results
 * @param calls from 1 to {@link #MOST_ENTRIES}
 * @param batches sizes of requests, from 1 to {@link #MOST_ENTRIES} of them
 */
public record Mix(String name, List<Call> calls, List<Batch> batches) {
  /** The most calls, and the most sizes, in one mix. */
  public static final int MOST_ENTRIES = 1_000;

  /** The largest weight. */
  public static final int MOST_WEIGHT = 1_000_000;

  /** The most calls in one request. */
  public static final int LARGEST_BATCH = 1_000;

  /** The longest parameters, in characters. */
  public static final int LONGEST_PARAMS = 65_536;

  private static final String BUILT_IN = "wallet.yaml";

  /** Checks the bounds. */
  public Mix {
    calls = List.copyOf(calls);
    batches = List.copyOf(batches);
    requireBounds("calls", calls.size(), MOST_ENTRIES);
    requireBounds("batches", batches.size(), MOST_ENTRIES);
  }

  /**
   * One kind of call.
   *
   * @param method its name
   * @param weight how often it is made, against the others; from 1 to {@link #MOST_WEIGHT}
   * @param params as JSON in one line, with the variables of {@link Variable} in its texts
   * @param keys what the variables are made of
   * @param firstBlock the number of the block that is key 0, not negative
   */
  public record Call(String method, int weight, String params, Keys keys, long firstBlock) {
    /** Checks the bounds. */
    public Call {
      if (!method.matches("[A-Za-z0-9_.]{1,100}")) {
        throw new IllegalArgumentException(
            "method is " + method + "; it must have 1 to 100 letters, digits, _ and dots");
      }
      requireBounds("weight", weight, MOST_WEIGHT);
      requireBounds("params", params.length(), LONGEST_PARAMS);
      Variable.requireKnown(params);
      if (firstBlock < 0) {
        throw new IllegalArgumentException(
            "first-block is " + firstBlock + "; it must not be negative");
      }
    }
  }

  /**
   * How many calls a request has: 1 is a single call, more is a batch.
   *
   * @param size from 1 to {@link #LARGEST_BATCH}
   * @param weight how often, from 1 to {@link #MOST_WEIGHT}
   */
  public record Batch(int size, int weight) {
    /** A request has one call. */
    public static final Batch SINGLE = new Batch(1, 1);

    /** Checks the bounds. */
    public Batch {
      requireBounds("size", size, LARGEST_BATCH);
      requireBounds("weight", weight, MOST_WEIGHT);
    }
  }

  /** A mix of one call without parameters that change. */
  public static Mix of(String method, String params) {
    Call call = new Call(method, 1, params, new Keys.Uniform(1), 0);
    return new Mix(method, List.of(call), List.of(Batch.SINGLE));
  }

  /**
   * Reads a mix.
   *
   * @param name of its file, for complaints
   * @throws MixException if it is not a mix; the message has line and rule
   */
  public static Mix read(String name, String yaml) {
    return MixReader.read(name, yaml);
  }

  /** What the backend of a wallet asks for, single calls and some batches. */
  public static Mix builtIn() {
    return read(BUILT_IN, builtInText());
  }

  /** The file of {@link #builtIn}. */
  public static String builtInText() {
    try (InputStream in = Mix.class.getResourceAsStream(BUILT_IN)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void requireBounds(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be from 1 to " + most);
    }
  }
}
