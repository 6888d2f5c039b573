package dev.tenfold.gateway.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which methods may be called, beside what is denied by default. Each entry is a method's name, or
 * the beginning of names and {@code *}.
 *
 * @param allow let through although denied by default
 * @param deny refused, whatever else holds
 */
public record MethodsConfig(List<String> allow, List<String> deny) {
  private static final Pattern ENTRY = Pattern.compile("[A-Za-z0-9_.:-]+\\*?|\\*");

  public static final MethodsConfig DEFAULT = new MethodsConfig(List.of(), List.of());

  public MethodsConfig {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    String rule = "each must be a method's name, or the beginning of names and *";
    Rules.all("methods.allow", allow, ENTRY, rule);
    Rules.all("methods.deny", deny, ENTRY, rule);
  }
}
