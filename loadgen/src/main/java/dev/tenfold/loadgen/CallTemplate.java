package dev.tenfold.loadgen;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;

/** One kind of call as bytes, with gaps for what differs. Writing allocates nothing. */
final class CallTemplate {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int WIDEST = 42;

  private final byte[] start;
  private final byte[][] literals;
  private final Variable[] gaps;
  private final KeyPicker keys;
  private final long firstBlock;

  CallTemplate(Mix.Call call) {
    start = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    keys = KeyPicker.of(call.keys());
    firstBlock = call.firstBlock();
    String rest = ",\"method\":\"" + call.method() + "\",\"params\":" + call.params() + "}";
    List<byte[]> texts = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    Matcher matcher = Variable.FORM.matcher(rest);
    int from = 0;
    while (matcher.find()) {
      texts.add(rest.substring(from, matcher.start()).getBytes(StandardCharsets.UTF_8));
      variables.add(Variable.named(matcher.group(1)).orElseThrow());
      from = matcher.end();
    }
    texts.add(rest.substring(from).getBytes(StandardCharsets.UTF_8));
    literals = texts.toArray(byte[][]::new);
    gaps = variables.toArray(Variable[]::new);
  }

  /** The most bytes that a call takes. */
  int mostBytes() {
    int bytes = start.length + Digits.MOST + gaps.length * WIDEST;
    for (byte[] literal : literals) {
      bytes += literal.length;
    }
    return bytes;
  }

  /** Writes a call with a key drawn anew, and returns the place after it. */
  int write(byte[] to, int at, long id, SplittableRandom random) {
    int place = Digits.write(to, copy(start, to, at), id);
    place = copy(literals[0], to, place);
    if (gaps.length > 0) {
      int key = keys.next(random);
      for (int gap = 0; gap < gaps.length; gap++) {
        place = fill(gaps[gap], key, to, place);
        place = copy(literals[gap + 1], to, place);
      }
    }
    return place;
  }

  private int fill(Variable variable, int key, byte[] to, int at) {
    return switch (variable) {
      case BLOCK -> quantity(firstBlock + key, to, prefix(to, at));
      case ADDRESS -> address(key, to, prefix(to, at));
      case DIGITS -> address(key, to, at);
    };
  }

  private static int prefix(byte[] to, int at) {
    to[at] = '0';
    to[at + 1] = 'x';
    return at + 2;
  }

  /** Without leading zeros, as quantities are. */
  private static int quantity(long value, byte[] to, int at) {
    int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
    return hex(value, digits, to, at);
  }

  /** 160 bits from the key, spread by the finisher of SplitMix64. */
  private static int address(long key, byte[] to, int at) {
    int place = hex(spread(key + 1), 16, to, at);
    place = hex(spread(~key), 16, to, place);
    return hex(key, 8, to, place);
  }

  private static long spread(long key) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static int hex(long value, int digits, byte[] to, int at) {
    for (int digit = 0; digit < digits; digit++) {
      to[at + digit] = HEX[(int) (value >>> (4 * (digits - 1 - digit))) & 0xf];
    }
    return at + digits;
  }

  private static int copy(byte[] from, byte[] to, int at) {
    System.arraycopy(from, 0, to, at, from.length);
    return at + from.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
