package dev.tenfold.toolkit.profiling;

import java.util.Map;

/** A request that gets no profile. Its message is for who asked. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ProfilingResponse response;

  private Refusal(int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    response = ProfilingResponse.refusal(status, message, headers);
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, message, Map.of());
  }

  static Refusal notFound(String message) {
    return new Refusal(404, message, Map.of());
  }

  static Refusal getOnly() {
    return new Refusal(405, "GET only", Map.of("Allow", "GET"));
  }

  static Refusal busy(String message, long retryAfterSeconds) {
    return new Refusal(429, message, Map.of("Retry-After", Long.toString(retryAfterSeconds)));
  }

  static Refusal moved(String path) {
    return new Refusal(301, "it is at " + path, Map.of("Location", path));
  }

  /** This JVM cannot do it, now or ever. */
  static Refusal notHere(String message) {
    return new Refusal(501, message, Map.of());
  }

  static Refusal closed() {
    return new Refusal(503, "profiling is closed", Map.of());
  }

  ProfilingResponse response() {
    return response;
  }
}
