package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JsonConcurrencyTest {

  record Message(int number, String text, List<String> more) {
    static Message of(int seed) {
      Random random = new Random(seed);
      List<String> more = new ArrayList<>();
      for (int i = random.nextInt(10); i > 0; i--) {
        more.add("0x" + "ab".repeat(random.nextInt(100)));
      }
      return new Message(seed, "text " + seed + " é", more);
    }
  }

  @Test
  void noMessageSeesAnythingOfAnother() throws InterruptedException, ExecutionException {
    Json json = Json.create();
    List<Future<Boolean>> results = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int seed = 0; seed < 3_000; seed++) {
        Message message = Message.of(seed);
        results.add(executor.submit(() -> goesThereAndBack(json, message)));
      }
    }
    for (Future<Boolean> result : results) {
      assertThat(result.get()).isTrue();
    }
  }

  private static boolean goesThereAndBack(Json json, Message message) {
    boolean right = true;
    for (int i = 0; i < 5; i++) {
      byte[] bytes = json.toBytes(message);
      right &= json.fromBytes(bytes, Message.class).equals(message);
      try {
        json.fromBytes(bytes, 0, bytes.length - 1 - i, Message.class);
        right = false;
      } catch (JsonException e) {
        right &= e.reason() == JsonException.Reason.MALFORMED;
      }
    }
    return right && new String(json.toBytes(message), UTF_8).contains("text " + message.number());
  }
}
