package dev.tenfold.bench.toolkit;

import com.alibaba.fastjson2.JSON;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenfold.bench.toolkit.Orders.Order;
import dev.tenfold.toolkit.json.Json;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * 10,000 virtual threads read an order of 300 bytes and write it, once each. JMH derives from it.
 */
@State(Scope.Benchmark)
public class JsonOnVirtualThreadsMicro {
  private static final int LINES = 4;

  private final Json json = Json.create();
  private final ObjectMapper mapper = new ObjectMapper();
  private byte[] message = {};

  /** JMH makes one. */
  public JsonOnVirtualThreadsMicro() {}

  /** Makes the message. */
  @Setup
  public void open() throws IOException {
    message = mapper.writeValueAsBytes(Orders.of(LINES));
  }

  /** {@code Json}. */
  @Benchmark
  @OperationsPerInvocation(VirtualThreads.COUNT)
  public void tenfold(Blackhole hole) throws InterruptedException {
    VirtualThreads.run(() -> json.toBytes(json.fromBytes(message, Order.class)), hole);
  }

  /** {@code ObjectMapper}. */
  @Benchmark
  @OperationsPerInvocation(VirtualThreads.COUNT)
  public void objectMapper(Blackhole hole) throws InterruptedException {
    VirtualThreads.run(
        () -> mapper.writeValueAsBytes(mapper.readValue(message, Order.class)), hole);
  }

  /** fastjson2. */
  @Benchmark
  @OperationsPerInvocation(VirtualThreads.COUNT)
  public void fastjson2(Blackhole hole) throws InterruptedException {
    VirtualThreads.run(() -> JSON.toJSONBytes(JSON.parseObject(message, Order.class)), hole);
  }
}
