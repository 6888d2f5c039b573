package dev.tenfold.toolkit.profiling;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

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

  static ProfilingResponse html(String page, String policy) {
    return new ProfilingResponse(
        200,
        headers("text/html; charset=utf-8", Map.of("Content-Security-Policy", policy)),
        page.getBytes(StandardCharsets.UTF_8));
  }

  static ProfilingResponse pprof(String name, byte[] body) {
    String attachment = "attachment; filename=\"" + name + ".pb.gz\"";
    return new ProfilingResponse(
        200, headers("application/octet-stream", Map.of("Content-Disposition", attachment)), body);
  }

  static ProfilingResponse text(int status, String message, Map<String, String> more) {
    Map<String, String> headers = headers("text/plain; charset=utf-8", more);
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
