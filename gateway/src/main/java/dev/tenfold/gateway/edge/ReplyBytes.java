package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.RpcReply;
import java.nio.charset.StandardCharsets;

/** Puts replies together. The id stands as the caller wrote it, the answer as the node said it. */
final class ReplyBytes {
  private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final byte[] RESULT = ascii(",\"result\":");
  private static final byte[] ERROR = ascii(",\"error\":");
  private static final byte[] NULL = ascii("null");

  /** What stands behind the answer of a call. */
  static final byte[] CLOSING = ascii("}");

  private final byte[] bytes;
  private int at;

  private ReplyBytes(int size) {
    bytes = new byte[size];
  }

  /** The body for a single call. */
  static byte[] single(Call call) {
    ReplyBytes reply = new ReplyBytes(size(call));
    reply.put(call);
    return reply.bytes;
  }

  /** What stands before the answer of a call, in a reply that is written in parts. */
  static byte[] opening(Call call, boolean batch, boolean first) {
    ReplyBytes reply = new ReplyBytes((batch ? 1 : 0) + openingSize(call));
    if (batch) {
      reply.put(first ? '[' : ',');
    }
    reply.putOpening(call);
    return reply.bytes;
  }

  /** The body for a batch, not a large one; empty if all its calls are notifications. */
  static byte[] batch(Call[] calls) {
    int size = 1;
    for (Call call : calls) {
      size += call.isNotification() ? 0 : size(call) + 1;
    }
    if (size == 1) {
      return new byte[0];
    }
    ReplyBytes reply = new ReplyBytes(size);
    for (Call call : calls) {
      if (!call.isNotification()) {
        reply.put(reply.at == 0 ? '[' : ',');
        reply.put(call);
      }
    }
    reply.put(']');
    return reply.bytes;
  }

  /** The body for what could not be read as calls at all. */
  static byte[] refusal(RpcReply.RpcError error) {
    ReplyBytes reply =
        new ReplyBytes(HEAD.length + NULL.length + ERROR.length + error.json().length + 1);
    reply.put(HEAD);
    reply.put(NULL);
    reply.put(ERROR);
    reply.put(error.json());
    reply.put('}');
    return reply.bytes;
  }

  private static int size(Call call) {
    return openingSize(call) + json(call.reply()).length + CLOSING.length;
  }

  private static int openingSize(Call call) {
    int id = call.hasId() ? call.idTo() - call.idFrom() : NULL.length;
    return HEAD.length + id + member(call.reply()).length;
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
    bytes[at++] = (byte) c;
  }

  private void put(byte[] part) {
    put(part, 0, part.length);
  }

  private void put(byte[] part, int from, int to) {
    System.arraycopy(part, from, bytes, at, to - from);
    at += to - from;
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
