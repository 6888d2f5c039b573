package dev.tenfold.toolkit.httpclient;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an answer says about the connection that it came on (RFC 9112, section 9.3). */
final class Reuse {
  private Reuse() {}

  static boolean isReusable(HttpResponse answer) {
    if (!answer.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return false;
    }
    for (String value : answer.headers().getAll(HttpHeaderNames.CONNECTION)) {
      for (String option : value.split(",", -1)) {
        if (option.strip().equalsIgnoreCase("close")) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * How long to trust the connection: what {@code Keep-Alive: timeout} says, less a second or half
   * of it, so that we let go of it before the peer does. Without end where it says nothing.
   */
  static long keepAliveNanos(HttpResponse answer) {
    String value = answer.headers().get("keep-alive");
    long seconds = value == null ? -1 : timeoutSeconds(value);
    if (seconds < 0) {
      return Long.MAX_VALUE;
    }
    long millis = Math.max(seconds * 1_000 - 1_000, seconds * 500);
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static long timeoutSeconds(String keepAlive) {
    for (String part : keepAlive.split(",", -1)) {
      String option = part.strip().toLowerCase(Locale.ROOT);
      if (option.startsWith("timeout=")) {
        return digits(option.substring("timeout=".length()));
      }
    }
    return -1;
  }

  private static long digits(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 9) {
      return -1;
    }
    return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(text) : -1;
  }
}
