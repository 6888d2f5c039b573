package dev.tenfold.gateway.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Key records for tests. */
public final class KeyBuilder {
  private final String id;
  private @Nullable Instant expiresAt;
  private @Nullable Instant revokedAt;
  private String tier = "";
  private int rate;
  private int burst;
  private List<String> chains = List.of();
  private List<String> methods = List.of();
  private List<String> origins = List.of();
  private List<String> addresses = List.of();

  private KeyBuilder(String id) {
    this.id = id;
  }

  public static KeyBuilder key(String id) {
    return new KeyBuilder(id);
  }

  public KeyBuilder expiresAt(Instant end) {
    expiresAt = end;
    return this;
  }

  public KeyBuilder revokedAt(Instant end) {
    revokedAt = end;
    return this;
  }

  public KeyBuilder tier(String name) {
    tier = name;
    return this;
  }

  public KeyBuilder rate(int callsASecond, int callsAtOnce) {
    rate = callsASecond;
    burst = callsAtOnce;
    return this;
  }

  public KeyBuilder chains(String... names) {
    chains = List.of(names);
    return this;
  }

  public KeyBuilder methods(String... patterns) {
    methods = List.of(patterns);
    return this;
  }

  public KeyBuilder origins(String... allowed) {
    origins = List.of(allowed);
    return this;
  }

  public KeyBuilder addresses(String... allowed) {
    addresses = List.of(allowed);
    return this;
  }

  public KeyRecord record() {
    return new KeyRecord(
        id,
        "user",
        id,
        "hint",
        Instant.EPOCH,
        expiresAt,
        revokedAt,
        tier,
        rate,
        burst,
        chains,
        methods,
        origins,
        addresses);
  }
}
