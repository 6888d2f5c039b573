package dev.tenfold.bench.toolkit;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Methods;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a method of a request is, from the bytes of its name. JMH derives from it. */
@State(Scope.Thread)
public class MethodNameMicro {
  private final byte[][] bodies =
      Methods.all().stream()
          .map(
              method ->
                  ("\"method\":\"" + method.name() + "\"").getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);
  private final Map<String, Method> byName =
      Methods.all().stream().collect(Collectors.toMap(Method::name, Function.identity()));
  private int at;

  /** JMH makes one for each thread. */
  public MethodNameMicro() {}

  private byte[] next() {
    at = at + 1 == bodies.length ? 0 : at + 1;
    return bodies[at];
  }

  /** The gateway's table: the bytes are compared, and no string is made. */
  @Benchmark
  public @Nullable Method tenfold() {
    byte[] body = next();
    return Methods.find(body, 10, body.length - 1);
  }

  /** A string is made of the bytes, and looked up in a {@code HashMap}. */
  @Benchmark
  public @Nullable Method stringAndMap() {
    byte[] body = next();
    return byName.get(new String(body, 10, body.length - 11, StandardCharsets.UTF_8));
  }

  /** The same, and the string is interned by the JVM first. */
  @Benchmark
  public @Nullable Method internAndMap() {
    byte[] body = next();
    return byName.get(new String(body, 10, body.length - 11, StandardCharsets.UTF_8).intern());
  }
}
