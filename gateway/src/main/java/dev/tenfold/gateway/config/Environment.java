package dev.tenfold.gateway.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables in the place of {@code ${NAME}}; a second dollar before it escapes.
 */
record Environment(Map<String, String> variables) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** True if the text would not stay as it is. */
  static boolean isReferredToIn(String text) {
    return text.contains("${");
  }

  /**
   * Expands the text once: what a variable holds is not looked at.
   *
   * @throws IllegalArgumentException if a variable is not set, is empty, or cannot be one
   */
  String expand(String text) {
    if (!isReferredToIn(text)) {
      return text;
    }
    StringBuilder expanded = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(text);
    while (matcher.find()) {
      String value = matcher.group(1) == null ? "${" : value(matcher.group(1), matcher.group());
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(expanded).toString();
  }

  private String value(String name, String reference) {
    if (!reference.endsWith("}") || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "has ${ that no name and } follow; for the characters themselves write $${");
    }
    String value = variables.get(name);
    if (value == null || value.isEmpty()) {
      String state = value == null ? "is not set" : "is empty";
      throw new IllegalArgumentException(
          "needs the environment variable " + name + ", which " + state);
    }
    return value;
  }
}
