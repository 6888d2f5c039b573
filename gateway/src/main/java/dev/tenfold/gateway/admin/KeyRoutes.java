package dev.tenfold.gateway.admin;

import dev.tenfold.gateway.accounts.Accounts;
import dev.tenfold.gateway.accounts.NewKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v1/keys}, and {@code /v1/users/{id}/keys}. */
final class KeyRoutes {
  private static final int PAGE = 100;

  private final Accounts accounts;
  private final KeyRules rules;

  KeyRoutes(Accounts accounts, KeyRules rules) {
    this.accounts = accounts;
    this.rules = rules;
  }

  Reply issue(Ask ask) throws IOException {
    NewKey key = newKey(ask.fieldsIfAny());
    return Reply.created(Shapes.issued(accounts.issueKey(ask.id(), key)));
  }

  private NewKey newKey(Fields fields) {
    String name = fields.optionalText("name");
    String tier = fields.optionalText("tier");
    NewKey key =
        new NewKey(
            name == null ? "key" : name,
            tier == null ? "" : tier,
            fields.number("rate", 0),
            fields.number("burst", 0),
            fields.time("expires_at"),
            fields.texts("chains"),
            fields.texts("methods"),
            fields.texts("origins"),
            fields.texts("addresses"));
    fields.end();
    rules.check(key);
    return key;
  }

  Reply listOfUser(Ask ask) {
    ask.knowsOnly(Set.of("after", "limit"));
    return list(ask, ask.id());
  }

  Reply list(Ask ask) {
    ask.knowsOnly(Set.of("after", "limit", "user"));
    return list(ask, ask.parameter("user"));
  }

  private Reply list(Ask ask, @Nullable String user) {
    return Reply.ok(
        Shapes.page(
            accounts.keys(user, ask.parameter("after"), ask.number("limit", PAGE)), Shapes::key));
  }

  Reply find(Ask ask) {
    return accounts
        .key(ask.id())
        .map(key -> Reply.ok(Shapes.key(key)))
        .orElseThrow(() -> Problem.of(404, "there is no such key"));
  }

  Reply rename(Ask ask) throws IOException {
    Fields fields = ask.fields();
    String name = fields.text("name");
    fields.end();
    return Reply.ok(Shapes.key(accounts.rename(ask.id(), name)));
  }

  Reply rotate(Ask ask) throws IOException {
    Fields fields = ask.fieldsIfAny();
    int seconds = fields.number("overlap_seconds", 0);
    fields.end();
    return Reply.ok(Shapes.issued(accounts.rotate(ask.id(), Duration.ofSeconds(seconds))));
  }

  Reply revoke(Ask ask) {
    accounts.revoke(ask.id());
    return Reply.nothing();
  }
}
