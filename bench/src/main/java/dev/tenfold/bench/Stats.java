package dev.tenfold.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** What the gateway says of itself: how calls were answered, and what they cost its nodes. */
record Stats(long hits, long misses, long upstreamCalls, long upstreamPolls) {
  static final Stats NONE = new Stats(0, 0, 0, 0);

  static Stats read(URI operators) throws IOException {
    try (InputStream page = operators.resolve("/stats").toURL().openStream()) {
      return of(new ObjectMapper().readTree(page));
    }
  }

  static Stats of(JsonNode page) {
    long calls = 0;
    long polls = 0;
    for (JsonNode chain : page.path("chains")) {
      calls += chain.path("upstream_calls").asLong();
      polls += chain.path("upstream_polls").asLong();
    }
    return new Stats(
        page.required("cache_hits").asLong(), page.required("cache_misses").asLong(), calls, polls);
  }

  Stats since(Stats earlier) {
    return new Stats(
        hits - earlier.hits,
        misses - earlier.misses,
        upstreamCalls - earlier.upstreamCalls,
        upstreamPolls - earlier.upstreamPolls);
  }

  Stats plus(Stats other) {
    return new Stats(
        hits + other.hits,
        misses + other.misses,
        upstreamCalls + other.upstreamCalls,
        upstreamPolls + other.upstreamPolls);
  }

  /** The share of calls that memory answered; 0 if there was no call. */
  double hitRatio() {
    return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
  }
}
