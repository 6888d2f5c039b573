package dev.tenfold.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the command line says, which goes before what the file says.
 *
 * @param upstreams URLs of nodes, in place of those of the first chain; none leaves the file's
 * @param port in place of {@code server.port}
 * @param opsPort in place of {@code ops.port}
 * @param data the folder in which relative file names of the configuration begin
 */
public record ConfigFlags(
    List<String> upstreams, OptionalInt port, OptionalInt opsPort, Path data) {
  public static final ConfigFlags NONE =
      new ConfigFlags(List.of(), OptionalInt.empty(), OptionalInt.empty(), Path.of(""));

  public ConfigFlags {
    upstreams = List.copyOf(upstreams);
  }

  /** The same flags with these nodes. */
  public ConfigFlags withUpstreams(List<String> urls) {
    return new ConfigFlags(urls, port, opsPort, data);
  }

  /** The nodes of {@code --upstream}. */
  List<UpstreamConfig> nodes() {
    return upstreams.stream().map(ConfigFlags::node).toList();
  }

  private static UpstreamConfig node(String url) {
    try {
      return UpstreamConfig.of(url);
    } catch (ConfigException e) {
      throw e.at("", "--upstream");
    }
  }
}
