package dev.tenfold.bench.toolkit;

import com.alibaba.fastjson2.JSON;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tenfold.bench.toolkit.Orders.Order;
import dev.tenfold.toolkit.json.Json;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An order becomes JSON. JMH derives from it. */
@State(Scope.Benchmark)
public class JsonWriteMicro {
  /** How many lines the order has. */
  @Param({"4", "40"})
  public int lines;

  private final Json json = Json.create();
  private final ObjectMapper mapper = new ObjectMapper();
  private final ObjectWriter writer = mapper.writerFor(Order.class);
  private Order order = Orders.of(0);

  /** JMH makes one. */
  public JsonWriteMicro() {}

  /** Makes the order, and sees that all write the same value. */
  @Setup
  public void open() throws Exception {
    order = Orders.of(lines);
    for (byte[] written : new byte[][] {tenfold(), cachedWriter(), fastjson2()}) {
      if (!mapper.readTree(written).equals(mapper.readTree(objectMapper()))) {
        throw new IllegalStateException("not the same value");
      }
    }
  }

  /** {@code Json.toBytes}. */
  @Benchmark
  public byte[] tenfold() {
    return json.toBytes(order);
  }

  /** {@code ObjectMapper.writeValueAsBytes}. */
  @Benchmark
  public byte[] objectMapper() throws JsonProcessingException {
    return mapper.writeValueAsBytes(order);
  }

  /** {@code ObjectWriter.writeValueAsBytes}. */
  @Benchmark
  public byte[] cachedWriter() throws JsonProcessingException {
    return writer.writeValueAsBytes(order);
  }

  /** {@code JSON.toJSONBytes} of fastjson2. */
  @Benchmark
  public byte[] fastjson2() {
    return JSON.toJSONBytes(order);
  }
}
