package dev.tenfold.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.tenfold.gateway.accounts.Accounts;
import dev.tenfold.gateway.accounts.NewUser;
import dev.tenfold.gateway.accounts.UserChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/** {@code /v1/users}. */
final class UserRoutes {
  private static final int PAGE = 100;

  private final Accounts accounts;

  UserRoutes(Accounts accounts) {
    this.accounts = accounts;
  }

  Reply create(Ask ask) throws IOException {
    return Reply.created(Shapes.user(accounts.create(newUser(ask.fields()))));
  }

  /** All or none. */
  Reply createMany(Ask ask) throws IOException {
    try (MappingIterator<JsonNode> values = ask.values()) {
      long count = accounts.insert(new Rows(values));
      return Reply.created(Shapes.object().put("created", count));
    } catch (JsonProcessingException e) {
      throw Ask.notJson(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  Reply list(Ask ask) {
    ask.knowsOnly(Set.of("after", "limit"));
    return Reply.ok(
        Shapes.page(
            accounts.users(ask.parameter("after"), ask.number("limit", PAGE)), Shapes::user));
  }

  Reply find(Ask ask) {
    return accounts
        .user(ask.id())
        .map(user -> Reply.ok(Shapes.user(user)))
        .orElseThrow(() -> Problem.of(404, "there is no such user"));
  }

  Reply change(Ask ask) throws IOException {
    Fields fields = ask.fields();
    UserChange change = new UserChange(fields.optionalText("name"), fields.optionalText("email"));
    fields.end();
    return Reply.ok(Shapes.user(accounts.update(ask.id(), change)));
  }

  Reply delete(Ask ask) {
    accounts.delete(ask.id());
    return Reply.nothing();
  }

  private static NewUser newUser(Fields fields) {
    NewUser user =
        new NewUser(fields.optionalText("id"), fields.text("name"), fields.text("email"));
    fields.end();
    return user;
  }

  /** The rows of a batch, read one by one. */
  private static final class Rows implements Iterator<NewUser> {
    private final MappingIterator<JsonNode> values;
    private long row;

    Rows(MappingIterator<JsonNode> values) {
      this.values = values;
    }

    @Override
    public boolean hasNext() {
      try {
        return values.hasNextValue();
      } catch (JsonProcessingException e) {
        throw Ask.notJson(e).inRow(row + 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public NewUser next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      row++;
      try {
        return newUser(new Fields(values.nextValue()));
      } catch (JsonProcessingException e) {
        throw Ask.notJson(e).inRow(row);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Problem e) {
        throw e.inRow(row);
      }
    }
  }
}
