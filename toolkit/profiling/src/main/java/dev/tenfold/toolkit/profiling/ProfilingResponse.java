package dev.tenfold.toolkit.profiling;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * What is to be sent to who asked.
 *
 * @param status 200; 301 to the index; 400 what breaks a rule; 404 no such profile; 429 another
 *     profile is being taken, with {@code Retry-After}; 500 a failure; 501 this JVM cannot take it;
 *     503 closed. All but 200 say in plain text why
 * @param headers by name, {@code Content-Type} among them; not those of the connection ({@code
 *     Content-Length})
 * @param body belongs to the caller
 */
public record ProfilingResponse(int status, Map<String, String> headers, byte[] body) {
  private static final String TEXT = "text/plain; charset=utf-8";

  /** What the work answers; its failure is an answer too. */
  static ProfilingResponse of(Callable<ProfilingResponse> work) {
    try {
      return work.call();
    } catch (Refusal refusal) {
      return refusal.response();
    } catch (Throwable e) { // an error too: somebody waits for an answer
      return refusal(500, "the profile was not taken: " + e, Map.of());
    }
  }

  static ProfilingResponse html(String page, String policy) {
    return new ProfilingResponse(
        200,
        headers("text/html; charset=utf-8", Map.of("Content-Security-Policy", policy)),
        page.getBytes(StandardCharsets.UTF_8));
  }

  /** A file of that name. */
  static ProfilingResponse file(String name, byte[] body) {
    String attachment = "attachment; filename=\"" + name + "\"";
    return new ProfilingResponse(
        200, headers("application/octet-stream", Map.of("Content-Disposition", attachment)), body);
  }

  static ProfilingResponse text(String text) {
    return new ProfilingResponse(
        200, headers(TEXT, Map.of()), text.getBytes(StandardCharsets.UTF_8));
  }

  static ProfilingResponse refusal(int status, String message, Map<String, String> more) {
    Map<String, String> headers = headers(TEXT, more);
    headers.put("X-Go-Pprof", "1"); // makes go tool pprof show the message
    return new ProfilingResponse(
        status, headers, (message + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> headers(String contentType, Map<String, String> more) {
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    return headers;
  }
}
