package dev.tenfold.toolkit.profiling;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what may be a secret. It cannot know, so it hides too much rather than too little.
 *
 * <p>1. Of a URL the scheme and the host stay; user, password, path and query go, since a path is
 * where providers have their keys.
 *
 * <p>2. What follows a name such as {@code apiKey}, {@code password} or {@code Authorization} goes,
 * to the end of the text.
 *
 * <p>3. In the arguments of a command, so does what follows an option with such a name, and
 * whatever is as long and as mixed as a token.
 */
final class Secrets {
  static final String MASK = "***";

  // Each begins where a run of its characters begins, so that a search is linear.
  private static final Pattern URL =
      Pattern.compile("(?<![A-Za-z0-9+.-])([A-Za-z0-9+.-]+://)([^\\s\"']+)");
  private static final Pattern OPAQUE_URL = Pattern.compile("\\b(jdbc:[a-z0-9]+:)(?!//)\\S+");
  private static final Pattern USER =
      Pattern.compile("(?<![^\\s/:@\"'])[^\\s/:@\"']++:[^\\s@]{1,256}@");
  private static final Pattern CREDENTIALS = Pattern.compile("(?i)\\b((?:bearer|basic)\\s+)\\S+");
  private static final Pattern NAMED =
      Pattern.compile("(?<![A-Za-z0-9_.-])([A-Za-z0-9_.-]++)[\"']?\\s*+[=:]\\s*+");
  private static final Pattern TELLING =
      Pattern.compile(
          "(?i)key|token|secret|passw|passphrase|pwd|credential|auth|bearer|cookie|session"
              + "|signature|private|mnemonic|seed");
  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z0-9_.-]+");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*[0-9])(?=[0-9_-]*[A-Za-z])[A-Za-z0-9_-]{20,}"
              + "|(?<!\\w)\\w{32,}");

  private Secrets() {}

  /** The text without URLs' secrets and what follows a name that tells. */
  static String maskedInText(String text) {
    String masked = URL.matcher(text).replaceAll(Secrets::origin);
    masked = OPAQUE_URL.matcher(masked).replaceAll("$1" + MASK);
    masked = USER.matcher(masked).replaceAll(MASK + "@");
    return withoutNamed(CREDENTIALS.matcher(masked).replaceAll("$1" + MASK));
  }

  private static String withoutNamed(String text) {
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      if (TELLING.matcher(named.group(1)).find()) {
        return text.substring(0, named.end()) + MASK;
      }
    }
    return text;
  }

  /** The arguments of a command, each without its secrets. */
  static List<String> maskedArguments(List<String> arguments) {
    List<String> masked = new ArrayList<>();
    boolean isValue = false;
    for (String argument : arguments) {
      masked.add(isValue && !argument.startsWith("--") ? MASK : maskedArgument(argument));
      isValue = OPTION.matcher(argument).matches() && TELLING.matcher(argument).find();
    }
    return masked;
  }

  private static String maskedArgument(String argument) {
    return TOKEN.matcher(maskedInText(argument)).replaceAll(MASK);
  }

  /** The URL with all that may be a key masked; it still reads as one. */
  private static String origin(MatchResult url) {
    String rest = url.group(2);
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    if (rest.indexOf('@', end) >= 0) { // of the user, or of the path: who knows
      return quoted(url.group(1) + MASK);
    }
    int at = rest.lastIndexOf('@', end);
    String host = rest.substring(at + 1, end);
    boolean plain = at < 0 && (end == rest.length() || rest.substring(end).equals("/"));
    return quoted(url.group(1) + host + (plain ? "" : "/" + MASK));
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }
}
