package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Logs by block or by range. */
final class LogMethods {
  private LogMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put("eth_getLogs", LogMethods::logs);
  }

  private static JsonNode logs(ChainSnapshot chain, Params params) {
    JsonNode filter = filter(params);
    if (filter.hasNonNull("blockHash")) {
      params.requireHashes(0);
    }
    return LogFilter.of(filter).find(chain, filter);
  }

  static JsonNode filter(Params params) {
    JsonNode filter = params.required(0);
    if (!filter.isObject()) {
      throw RpcFailure.invalidParams("invalid argument 0: a filter object is needed");
    }
    return filter;
  }
}
