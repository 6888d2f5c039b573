package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.edge.PlainFields.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as nearly all clients write it, read from bytes without making anything of them: {@code
 * POST /chain HTTP/1.1} or {@code POST /chain/key HTTP/1.1}, the fields of {@link PlainFields}, and
 * a body whose length was said. What is different in any way, or not all there yet, is not read
 * here, and says nothing about whether it is right.
 *
 * <p>Reusable and not thread-safe; allocates nothing.
 */
final class PlainRequest {
  private static final byte[] POST = ascii("POST ");
  private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
  private static final int MOST_DIGITS = 8;

  private final List<Target> targets;
  private final int mostHeadBytes;
  private byte[] bytes = {};
  private int at;
  private int end;
  private int length;
  private int hosts;
  private int lengths;
  private boolean takesGzip;
  private boolean forwarded;
  private int keyFrom;
  private int keyTo;
  private @Nullable ChainEntry chain;

  private record Target(byte[] path, ChainEntry chain) {}

  PlainRequest(Map<String, ChainEntry> chains, int mostHeadBytes) {
    this.targets =
        chains.entrySet().stream().map(e -> new Target(ascii(e.getKey()), e.getValue())).toList();
    this.mostHeadBytes = mostHeadBytes;
  }

  /** Reads the request that begins there; false if it is no plain one or not there as a whole. */
  boolean read(byte[] from, int start, int to) {
    bytes = from;
    at = start;
    end = to;
    length = 0;
    hosts = 0;
    lengths = 0;
    takesGzip = false;
    forwarded = false;
    keyFrom = 0;
    keyTo = 0;
    return line()
        && fields()
        && hosts == 1
        && lengths == 1
        && at - start <= mostHeadBytes
        && length <= end - at;
  }

  /** The chain that it is for. */
  ChainEntry chain() {
    ChainEntry found = chain;
    if (found == null) {
      throw new IllegalStateException("no request was read");
    }
    return found;
  }

  int bodyFrom() {
    return at;
  }

  /** Where the body ends, and the next request may begin. */
  int bodyTo() {
    return at + length;
  }

  /** True unless it is certain that the client wants no gzip. */
  boolean mayTakeGzip() {
    return takesGzip;
  }

  /** Where the key begins, and ends; nowhere if there is none. */
  int keyFrom() {
    return keyFrom;
  }

  int keyTo() {
    return keyTo;
  }

  /** True if a proxy says for whom it asks. */
  boolean isForwarded() {
    return forwarded;
  }

  private boolean line() {
    if (!skip(POST)) {
      return false;
    }
    for (Target target : targets) {
      int before = at;
      if (skip(target.path()) && (target.path().length == 1 || keyInPath()) && skip(VERSION)) {
        chain = target.chain();
        return true;
      }
      at = before;
    }
    return false;
  }

  /** Behind the chain's name there may be a slash and a key. */
  private boolean keyInPath() {
    if (at == end || bytes[at] != '/') {
      return true;
    }
    int from = ++at;
    while (at < end && isKeyByte(bytes[at])) {
      at++;
    }
    return key(from, at);
  }

  /** A key with other bytes than these is none of ours. */
  private static boolean isKeyByte(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || b == '_'
        || b == '-'
        || b == '.'
        || b == '~';
  }

  /** Takes a key; which of two would count is for others to say. */
  private boolean key(int from, int to) {
    if (keyTo != 0 || from == to) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!isKeyByte(bytes[i])) {
        return false;
      }
    }
    keyFrom = from;
    keyTo = to;
    return true;
  }

  /** Up to behind the empty line. */
  private boolean fields() {
    while (at + 1 < end && bytes[at] != '\r') {
      if (!field()) {
        return false;
      }
    }
    return lineEnd();
  }

  private boolean field() {
    int from = at;
    while (at < end && bytes[at] != ':') {
      at++;
    }
    Field field = PlainFields.named(bytes, from, at);
    if (field == null || at == end) {
      return false;
    }
    at++;
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    int value = at;
    while (at < end && bytes[at] >= ' ' && bytes[at] != 0x7F) {
      at++;
    }
    return takes(field, value, at) && lineEnd();
  }

  private boolean takes(Field field, int from, int to) {
    return switch (field) {
      case HOST -> ++hosts == 1;
      case CONTENT_LENGTH -> ++lengths == 1 && number(from, to);
      case CONNECTION -> PlainFields.isKeepAlive(bytes, from, to);
      case ACCEPT_ENCODING -> {
        takesGzip = true;
        yield true;
      }
      case AUTHORIZATION -> {
        int token = PlainFields.bearerToken(bytes, from, to);
        yield token >= 0 && key(token, to);
      }
      case X_API_KEY -> key(from, to);
      case X_FORWARDED_FOR -> {
        forwarded = true;
        yield true;
      }
      case WITHOUT_MEANING -> true;
    };
  }

  private boolean number(int from, int to) {
    if (from == to || to - from > MOST_DIGITS) {
      return false;
    }
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      length = 10 * length + digit;
    }
    return true;
  }

  private boolean lineEnd() {
    if (at + 1 >= end || bytes[at] != '\r' || bytes[at + 1] != '\n') {
      return false;
    }
    at += 2;
    return true;
  }

  private boolean skip(byte[] word) {
    if (end - at < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes[at + i] != word[i]) {
        return false;
      }
    }
    at += word.length;
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
