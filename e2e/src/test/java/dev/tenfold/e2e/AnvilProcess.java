package dev.tenfold.e2e;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Ethereum node. Two of them that are sent the same give the same answers to the byte: time
 * and accounts are fixed, and a block is final soon after it was made.
 */
final class AnvilProcess implements Setup.Part {
  private static final Path INSTALLED =
      Path.of("clients/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String[] FINAL_SOON = {"--slots-in-an-epoch", "1"};

  private final ChildProcess process;
  private final int port;

  private AnvilProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  static AnvilProcess start() {
    return start(Ports.free());
  }

  static AnvilProcess start(int port, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Files.exists(INSTALLED) ? INSTALLED.toAbsolutePath().toString() : "anvil");
    command.addAll(List.of("--port", Integer.toString(port), "--timestamp", "1900000000"));
    command.addAll(List.of(options.length > 0 ? options : FINAL_SOON));
    ChildProcess process = ChildProcess.start("anvil", new File("."), command);
    AnvilProcess anvil = new AnvilProcess(process, port);
    process.awaitReady(
        PATIENCE,
        () -> anvil.call("anvil_setBlockTimestampInterval", "[12]").body().contains("\"result\""));
    return anvil;
  }

  int port() {
    return port;
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
    call("anvil_mine", "[\"0x" + Integer.toHexString(blocks) + "\"]");
  }

  @Override
  public void close() {
    process.close();
  }
}
