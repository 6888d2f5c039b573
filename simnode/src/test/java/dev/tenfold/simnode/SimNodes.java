package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** Nodes and calls for tests. */
final class SimNodes {
  static final InstantSource STILL = InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));

  private SimNodes() {}

  /** Options of a chain that grows only when told. */
  static SimNodeOptions.Builder still() {
    return SimNodeOptions.builder().blockTime(Duration.ZERO);
  }

  static SimNode node() {
    return SimNode.create(still().build(), STILL);
  }

  static SimNode node(SimNodeOptions options) {
    return SimNode.create(options, STILL);
  }

  static Block block(ChainSnapshot chain, long number) {
    return chain.block(ref(chain, number));
  }

  static BlockRef ref(ChainSnapshot chain, long number) {
    return Objects.requireNonNull(chain.byNumber(number));
  }

  /** Parameters, written with single quotes. */
  static JsonNode params(String json) {
    return JsonRpc.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static JsonNode call(SimView node, String method, String params) {
    return node.call(method, params(params));
  }

  static String text(SimView node, String method, String params) {
    return call(node, method, params).asText();
  }

  /** The body answered to a body, both as text with single quotes. */
  static String answer(SimNode node, String body) {
    byte[] answer = node.answer(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    return new String(answer, StandardCharsets.UTF_8).replace('"', '\'');
  }
}
