package dev.tenfold.e2e;

import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The program's own simulated node, {@code tenfold node}. Two of them that are told the same have
 * the same chain; it grows only when it is told to.
 */
final class SimNodeProcess implements Setup.Part {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChildProcess process;
  private final int port;

  private SimNodeProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  static SimNodeProcess start(String... options) {
    int port = Ports.free();
    List<String> node = List.of("node", "--port", "" + port, "--block-time", "24h");
    List<String> command = ProgramJar.command("128m", node);
    command.addAll(List.of(options));
    ChildProcess process = ChildProcess.start("node", new File("."), command);
    SimNodeProcess started = new SimNodeProcess(process, port);
    process.awaitReady(PATIENCE, () -> started.call("eth_chainId", "[]").hasResult());
    return started;
  }

  URI url() {
    return Ports.url(port);
  }

  ChildProcess process() {
    return process;
  }

  /** Asks it straight. */
  JsonRpcClient.Answer call(String method, String params) {
    return JsonRpcClient.call(url(), method, params);
  }

  void mine(int blocks) {
    call("sim_mine", "[" + blocks + "]");
  }

  /** Replaces so many of the newest blocks by as many others. */
  void reorg(int depth) {
    call("sim_reorg", "[" + depth + "]");
  }

  /** The hash of a block by number or tag, in quotes. */
  String hash(String block) {
    return hash(call("eth_getBlockByNumber", "[\"" + block + "\",false]"));
  }

  /** The hash of the block in an answer, in quotes. */
  static String hash(JsonRpcClient.Answer block) {
    return RawJson.member(block.result(), "hash");
  }

  @Override
  public void close() {
    process.close();
  }
}
