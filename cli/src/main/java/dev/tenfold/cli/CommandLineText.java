package dev.tenfold.cli;

import dev.tenfold.gateway.config.UpstreamConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The line that was typed, but with another value of one option; keys in URLs are masked. */
record CommandLineText(@Nullable Path file, ConfigOptions options) {

  String with(String changed, int value) {
    Map<String, String> single = new LinkedHashMap<>();
    put(single, "--config", file);
    put(single, "--port", options.port());
    put(single, "--ops-port", options.opsPort());
    put(single, "--data", options.data());
    single.put(changed, String.valueOf(value));
    List<String> words = new ArrayList<>(List.of("./tenfold", "serve"));
    for (String url : options.upstreams()) {
      words.add("--upstream " + UpstreamConfig.of(url).maskedUrl());
    }
    single.forEach((option, text) -> words.add(option + " " + text));
    return String.join(" ", words);
  }

  private static void put(Map<String, String> words, String option, @Nullable Object value) {
    if (value != null) {
      words.put(option, value.toString());
    }
  }
}
