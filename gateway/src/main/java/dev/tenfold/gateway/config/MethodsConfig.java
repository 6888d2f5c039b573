package dev.tenfold.gateway.config;

import java.util.List;

/**
 * Which methods may be called, beside what is denied by default. Each entry is a method's name, or
 * the beginning of names and {@code *}.
 *
 * @param allow let through although denied by default
 * @param deny refused, whatever else holds
 */
public record MethodsConfig(List<String> allow, List<String> deny) {
  public static final MethodsConfig DEFAULT = new MethodsConfig(List.of(), List.of());

  public MethodsConfig {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    Rules.methods("methods.allow", allow);
    Rules.methods("methods.deny", deny);
  }
}
