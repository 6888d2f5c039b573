package dev.tenfold.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The processes of a benchmark: started one by one, ended together, the last one first. */
final class Servers implements Closeable {
  private static final String HIT = "Tenfold; hit";
  private static final String FLAGS = "TENFOLD_JAVA_OPTS";
  private static final int ATTEMPTS = 600;
  private static final long PAUSE_MILLIS = 50;

  private final Deque<Closeable> open = new ArrayDeque<>();
  private final Map<URI, Program> nodes = new HashMap<>();

  /** Our simulated node; answers with its address. */
  URI node(String... options) throws IOException {
    String[] arguments = with(options, "node", "--port", "0");
    Program program = add(Program.tenfold(arguments));
    URI url = program.addresses().getFirst();
    nodes.put(url, program);
    return url;
  }

  /** A node that was started here, as one of the sides. */
  Side.Server running(URI node) {
    Program program = Objects.requireNonNull(nodes.get(node), "it was not started here");
    return new Side.Server(program, Side.Server.address(node), null, null);
  }

  /** A gateway in front of a node. */
  Side.Server gateway(URI node, String... options) throws IOException, AttachNotSupportedException {
    return gateway(Program.root(), Map.of(), node, options);
  }

  /** A gateway of the build in a folder. */
  Side.Server gateway(Path root, Map<String, String> environment, URI node, String... options)
      throws IOException, AttachNotSupportedException {
    Side.Server unseen = unprobed(root, environment, node, options);
    JvmProbe probe = add(JvmProbe.attach(unseen.program().pid()));
    return new Side.Server(unseen.program(), unseen.address(), probe, unseen.operators());
  }

  /** A gateway that nothing looks into, since a probe takes memory; with further JVM flags. */
  Side.Server unprobed(String flags, URI node) throws IOException {
    return unprobed(Program.root(), Map.of(FLAGS, flags(flags)), node);
  }

  private Side.Server unprobed(
      Path root, Map<String, String> environment, URI node, String... options) throws IOException {
    String[] arguments =
        with(options, "serve", "--upstream", node.toString(), "--port", "0", "--ops-port", "0");
    Program program = add(Program.tenfold(root, environment, arguments));
    List<URI> urls = program.addresses();
    return new Side.Server(program, Side.Server.address(urls.get(0)), null, urls.get(1));
  }

  /** Flags beside those that the benchmark itself was given for the gateways. */
  private static String flags(String more) {
    return System.getenv().getOrDefault(FLAGS, "") + " " + more;
  }

  /** A handler that answers anything with as many bytes, on the JVM flags of a gateway. */
  Side.Server bare(Side.Server gateway, int bodyLength)
      throws IOException, AttachNotSupportedException {
    List<String> flags = ProcessFigures.jvmFlags(gateway.program().pid());
    String port = Integer.toString(freePort());
    Program program =
        add(Program.java(flags, BareServer.class, port, Integer.toString(bodyLength), HIT));
    InetSocketAddress address = Side.Server.address(program.addresses().getFirst());
    return new Side.Server(program, address, add(JvmProbe.attach(program.pid())), null);
  }

  /** nginx as Debian has it, with one worker, in front of a node. */
  Side.Server nginx(URI node, boolean caching) throws IOException, InterruptedException {
    int port = freePort();
    Nginx files = add(Nginx.write(port, node, caching));
    Program program = add(files.start());
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int attempt = 0; !Nginx.listens(address); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException("nginx does not listen on port " + port);
      }
      program.stayFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    return new Side.Server(program, address, null, null);
  }

  /** Asks a gateway until memory answers: what is final is known a moment after the start. */
  static HttpCall hit(Side.Server gateway, String json) throws IOException, InterruptedException {
    byte[] request = HttpCall.post(gateway.address(), json);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      HttpCall call = HttpCall.send(gateway.address(), request);
      if (call.isOk() && call.head().contains(HIT)) {
        return call;
      }
      if (attempt > 0) {
        gateway.program().stayFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
    throw new IllegalStateException("not answered from memory: " + json);
  }

  static HttpCall ask(Side.Server server, String json) throws IOException {
    return HttpCall.send(server.address(), HttpCall.post(server.address(), json));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static String[] with(String[] options, String... first) {
    String[] all = new String[first.length + options.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(options, 0, all, first.length, options.length);
    return all;
  }

  private <T extends Closeable> T add(T closeable) {
    open.push(closeable);
    return closeable;
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
