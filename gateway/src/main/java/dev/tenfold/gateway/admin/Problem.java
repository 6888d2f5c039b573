package dev.tenfold.gateway.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.gateway.accounts.AccountsException;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/** Why a request came to nothing, as problem details (RFC 9457). */
final class Problem extends RuntimeException {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String field;
  private final long row;

  private Problem(int status, String detail, @Nullable String field, long row) {
    super(detail, null, false, false);
    this.status = status;
    this.field = field;
    this.row = row;
  }

  static Problem of(int status, String detail) {
    return new Problem(status, detail, null, 0);
  }

  /** What stands in a field is not right. */
  static Problem in(String field, String rule) {
    return new Problem(400, field + " " + rule, field, 0);
  }

  static Problem of(AccountsException e) {
    int status =
        switch (e.kind()) {
          case INVALID -> 400;
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
          case UNAVAILABLE -> 503;
        };
    return new Problem(status, String.valueOf(e.getMessage()), e.field(), e.row());
  }

  /** The same, of a row of a batch. */
  Problem inRow(long number) {
    return new Problem(status, "row " + number + ": " + getMessage(), field, number);
  }

  int status() {
    return status;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "about:blank");
    json.put("title", HttpResponseStatus.valueOf(status).reasonPhrase());
    json.put("status", status);
    json.put("detail", getMessage());
    if (field != null) {
      json.put("field", field);
    }
    if (row > 0) {
      json.put("row", row);
    }
    return json;
  }
}
