package dev.tenfold.bench.toolkit;

import com.alibaba.fastjson2.JSON;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.tenfold.bench.toolkit.Orders.Order;
import dev.tenfold.toolkit.json.Json;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An order is made of JSON. JMH derives from it. */
@State(Scope.Benchmark)
public class JsonReadMicro {
  /** How many lines the order has. */
  @Param({"4", "40"})
  public int lines;

  private final Json json = Json.create();
  private final ObjectMapper mapper = new ObjectMapper();
  private final ObjectReader reader = mapper.readerFor(Order.class);
  private byte[] message = {};

  /** JMH makes one. */
  public JsonReadMicro() {}

  /** Makes the message, and sees that all read the same order. */
  @Setup
  public void open() throws IOException {
    Order order = Orders.of(lines);
    message = mapper.writeValueAsBytes(order);
    for (Order read : new Order[] {tenfold(), objectMapper(), cachedReader(), fastjson2()}) {
      if (!read.equals(order)) {
        throw new IllegalStateException("not the same order");
      }
    }
  }

  /** {@code Json.fromBytes}. */
  @Benchmark
  public Order tenfold() {
    return json.fromBytes(message, Order.class);
  }

  /** {@code ObjectMapper.readValue}. */
  @Benchmark
  public Order objectMapper() throws IOException {
    return mapper.readValue(message, Order.class);
  }

  /** {@code ObjectReader.readValue}. */
  @Benchmark
  public Order cachedReader() throws IOException {
    return reader.readValue(message);
  }

  /** {@code JSON.parseObject} of fastjson2. */
  @Benchmark
  public Order fastjson2() {
    return JSON.parseObject(message, Order.class);
  }
}
