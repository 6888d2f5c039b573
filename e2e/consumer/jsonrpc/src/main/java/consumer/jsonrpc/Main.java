package consumer.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenfold.toolkit.jsonrpc.RequestScanner;

final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    byte[] body =
        """
        [{"jsonrpc": "2.0", "id": 1, "method": "eth_blockNumber"},
         {"jsonrpc": "1.0", "id": 2, "method": "eth_chainId"}]
        """
            .getBytes(UTF_8);
    RequestScanner scanner = new RequestScanner(64, 100);

    System.out.printf(
        "jsonrpc in %s: %s of %d, first %s, second wrong in %s%n",
        RequestScanner.class.getModule(),
        scanner.scan(body, 0, body.length),
        scanner.size(),
        scanner.method(0),
        scanner.problem(1));
  }
}
