package dev.tenfold.gateway.truth;

import dev.tenfold.simnode.SimNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * The way to one node and back. What goes over it may be held up, before the node has looked at it
 * or after, so that the chain changes meanwhile.
 */
final class Link {
  private final SimNode node;
  private final LongSupplier nanos;
  private final Random random;
  private final List<Message> held = new ArrayList<>();
  private int holdUp;

  /** A question, and the answer once the node has given it. */
  private static final class Message {
    private final byte[] question;
    private final long since;
    private final Promise<byte[]> promise = Promise.promise();
    private byte[] answer = {};

    private Message(byte[] question, long since) {
      this.question = question;
      this.since = since;
    }
  }

  Link(SimNode node, LongSupplier nanos, Random random) {
    this.node = node;
    this.nanos = nanos;
    this.random = random;
  }

  /** Holds up so many of a hundred questions from now on. */
  void holdUp(int ofHundred) {
    holdUp = ofHundred;
  }

  /** Asks the node; the body that it answers. */
  Future<byte[]> ask(byte[] body) {
    Message message = new Message(body, nanos.getAsLong());
    if (random.nextInt(100) >= holdUp) {
      return Future.succeededFuture(node.answer(body));
    }
    held.add(message);
    if (random.nextBoolean()) {
      message.answer = node.answer(body);
    }
    return message.promise.future();
  }

  /** Lets one of those that are held up get a step further. */
  void step() {
    if (!held.isEmpty()) {
      step(held.get(random.nextInt(held.size())));
    }
  }

  private void step(Message message) {
    if (message.answer.length == 0) {
      message.answer = node.answer(message.question);
    } else {
      held.remove(message);
      message.promise.complete(message.answer);
    }
  }

  /** Lets all arrive that was held up for so long. */
  void deliver(Duration age) {
    long before = nanos.getAsLong() - age.toNanos();
    for (Message message : List.copyOf(held)) {
      while (message.since <= before && held.contains(message)) {
        step(message);
      }
    }
  }
}
