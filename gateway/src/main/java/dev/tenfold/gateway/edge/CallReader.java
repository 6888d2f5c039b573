package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.toolkit.jsonrpc.RequestScanner;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Problem;

/** Makes calls of what the scanner found. One path for single calls and members of a batch. */
final class CallReader {
  private final RequestScanner scanner;

  CallReader(RequestScanner scanner) {
    this.scanner = scanner;
  }

  Call[] read(byte[] body, Snapshot snapshot, Caller caller, long deadlineNanos) {
    Call[] calls = new Call[scanner.size()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = read(i, body, snapshot, caller, deadlineNanos);
    }
    return calls;
  }

  private Call read(int i, byte[] body, Snapshot snapshot, Caller caller, long deadlineNanos) {
    int idFrom = scanner.idFrom(i);
    int idTo = scanner.idTo(i);
    if (scanner.problem(i) != Problem.NONE) {
      return Call.invalid(body, idFrom, idTo, rule(scanner.problem(i)));
    }
    RpcRequest request =
        new RpcRequest(
            method(i, body),
            body,
            scanner.paramsFrom(i),
            scanner.paramsTo(i),
            snapshot,
            caller,
            deadlineNanos);
    return Call.of(request, idFrom, idTo, scanner.isNotification(i));
  }

  private Method method(int i, byte[] body) {
    if (!scanner.methodEscaped(i)) {
      Method known = Methods.find(body, scanner.methodFrom(i), scanner.methodTo(i));
      if (known != null) {
        return known;
      }
    }
    return Methods.named(scanner.method(i));
  }

  private static String rule(Problem problem) {
    return switch (problem) {
      case NONE -> throw new IllegalArgumentException("no problem");
      case NOT_AN_OBJECT -> "a call must be an object";
      case DUPLICATE_MEMBER -> "a member stands in it twice";
      case VERSION -> "\"jsonrpc\" must be \"2.0\"";
      case METHOD -> "\"method\" must be a string";
      case PARAMS -> "\"params\" must be an array or an object";
      case ID -> "\"id\" must be a string, a number or null";
    };
  }
}
