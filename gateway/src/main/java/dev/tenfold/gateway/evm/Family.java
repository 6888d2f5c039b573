package dev.tenfold.gateway.evm;

/**
 * A family of methods that share a prefix and a class.
 *
 * @param prefix what their names begin with
 * @param methodClass of all that no row of the table names
 */
public record Family(String prefix, MethodClass methodClass) {
  Method member(String name) {
    return new Method(
        name, methodClass, Method.NONE, false, Method.NearHead.NEVER, Method.NO_TWIN, false);
  }
}
