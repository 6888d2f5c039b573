package dev.tenfold.loadgen;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Makes requests in one buffer, which each request overwrites. The body is written first, and then
 * the head backwards in front of it, since its length is known only then. Not thread-safe;
 * allocates nothing after construction.
 */
final class RequestWriter {
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final CallTemplate[] calls;
  private final Weights callWeights;
  private final int[] sizes;
  private final Weights sizeWeights;
  private final SplittableRandom random;
  private final byte[] head;
  private final byte[] bytes;
  private final int bodyFrom;
  private final ByteBuffer buffer;
  private int size;

  RequestWriter(Mix mix, URI url, long seed) {
    calls = mix.calls().stream().map(CallTemplate::new).toArray(CallTemplate[]::new);
    callWeights = new Weights(mix.calls().stream().mapToInt(Mix.Call::weight).toArray());
    sizes = mix.batches().stream().mapToInt(Mix.Batch::size).toArray();
    sizeWeights = new Weights(mix.batches().stream().mapToInt(Mix.Batch::weight).toArray());
    random = new SplittableRandom(seed);
    head = head(url).getBytes(StandardCharsets.US_ASCII);
    bodyFrom = head.length + Digits.MOST + HEAD_END.length;
    bytes = new byte[Math.addExact(bodyFrom, mostBytes(mix))];
    buffer = ByteBuffer.wrap(bytes);
  }

  private int mostBytes(Mix mix) {
    int longest = 0;
    for (CallTemplate call : calls) {
      longest = Math.max(longest, call.mostBytes());
    }
    int largest = mix.batches().stream().mapToInt(Mix.Batch::size).max().orElseThrow();
    return Math.addExact(Math.multiplyExact(largest, longest + 1), 2);
  }

  private static String head(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return "POST "
        + path
        + query
        + " HTTP/1.1\r\nHost: "
        + url.getRawAuthority()
        + "\r\nContent-Type: application/json\r\nContent-Length: ";
  }

  /** The next request, whose calls have the identifiers from here on; valid until the next. */
  ByteBuffer next(long firstId) {
    size = sizes[sizeWeights.next(random)];
    int end = size == 1 ? call(bodyFrom, firstId) : batch(firstId);
    int from = bodyFrom - HEAD_END.length;
    System.arraycopy(HEAD_END, 0, bytes, from, HEAD_END.length);
    from = Digits.writeBefore(bytes, from, end - bodyFrom) - head.length;
    System.arraycopy(head, 0, bytes, from, head.length);
    return buffer.clear().position(from).limit(end);
  }

  /** How many calls the last request has. */
  int size() {
    return size;
  }

  private int batch(long firstId) {
    int place = bodyFrom;
    for (int i = 0; i < size; i++) {
      bytes[place] = (byte) (i == 0 ? '[' : ',');
      place = call(place + 1, firstId + i);
    }
    bytes[place] = ']';
    return place + 1;
  }

  private int call(int at, long id) {
    return calls[callWeights.next(random)].write(bytes, at, id, random);
  }
}
