package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.RpcReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Puts replies together. The id stands as the caller wrote it, the answer as the node said it. */
final class ReplyBytes {
  private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final byte[] RESULT = ascii(",\"result\":");
  private static final byte[] ERROR = ascii(",\"error\":");
  private static final byte[] NULL = ascii("null");

  /** What stands behind the answer of a call. */
  static final byte[] CLOSING = ascii("}");

  private final ByteBuf out;

  private ReplyBytes(ByteBuf out) {
    this.out = out;
  }

  private static ReplyBytes into(byte[] bytes) {
    return new ReplyBytes(Unpooled.wrappedBuffer(bytes).clear());
  }

  /** The body for a single call. */
  static byte[] single(Call call) {
    byte[] bytes = new byte[size(call)];
    into(bytes).put(call);
    return bytes;
  }

  /** Writes the body for a single call, of {@link #size(Call)} bytes. */
  static void write(ByteBuf out, Call call) {
    new ReplyBytes(out).put(call);
  }

  /** Writes the body for a batch, of {@link #size(Call[])} bytes. */
  static void write(ByteBuf out, Call[] calls) {
    new ReplyBytes(out).put(calls);
  }

  /** What stands before the answer of a call, in a reply that is written in parts. */
  static byte[] opening(Call call, boolean batch, boolean first) {
    byte[] bytes = new byte[(batch ? 1 : 0) + openingSize(call)];
    ReplyBytes reply = into(bytes);
    if (batch) {
      reply.put(first ? '[' : ',');
    }
    reply.putOpening(call);
    return bytes;
  }

  /** The body for a batch, not a large one; empty if all its calls are notifications. */
  static byte[] batch(Call[] calls) {
    byte[] bytes = new byte[size(calls)];
    if (bytes.length > 0) {
      into(bytes).put(calls);
    }
    return bytes;
  }

  /** The body for what could not be read as calls at all. */
  static byte[] refusal(RpcReply.RpcError error) {
    byte[] bytes = new byte[HEAD.length + NULL.length + ERROR.length + error.json().length + 1];
    ReplyBytes reply = into(bytes);
    reply.put(HEAD);
    reply.put(NULL);
    reply.put(ERROR);
    reply.put(error.json());
    reply.put('}');
    return bytes;
  }

  /** How many bytes the replies to a batch have; none if all its calls are notifications. */
  static int size(Call[] calls) {
    int size = 1;
    for (Call call : calls) {
      size += call.isNotification() ? 0 : size(call) + 1;
    }
    return size == 1 ? 0 : size;
  }

  /** How many bytes the reply to a call has. */
  static int size(Call call) {
    return openingSize(call) + json(call.reply()).length + CLOSING.length;
  }

  private static int openingSize(Call call) {
    int id = call.hasId() ? call.idTo() - call.idFrom() : NULL.length;
    return HEAD.length + id + member(call.reply()).length;
  }

  private void put(Call[] calls) {
    char before = '[';
    for (Call call : calls) {
      if (!call.isNotification()) {
        put(before);
        put(call);
        before = ',';
      }
    }
    put(']');
  }

  private void put(Call call) {
    putOpening(call);
    put(json(call.reply()));
    put(CLOSING);
  }

  private void putOpening(Call call) {
    put(HEAD);
    if (call.hasId()) {
      put(call.body(), call.idFrom(), call.idTo());
    } else {
      put(NULL);
    }
    put(member(call.reply()));
  }

  private void put(char c) {
    out.writeByte(c);
  }

  private void put(byte[] part) {
    put(part, 0, part.length);
  }

  private void put(byte[] part, int from, int to) {
    out.writeBytes(part, from, to - from);
  }

  private static byte[] member(RpcReply reply) {
    return reply instanceof RpcReply.RpcError ? ERROR : RESULT;
  }

  private static byte[] json(RpcReply reply) {
    return switch (reply) {
      case RpcReply.Result result -> result.json();
      case RpcReply.RpcError error -> error.json();
      case RpcReply.Streamed streamed ->
          throw new IllegalArgumentException("it is to be written by LargeReply");
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
