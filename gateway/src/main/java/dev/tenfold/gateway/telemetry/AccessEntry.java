package dev.tenfold.gateway.telemetry;

/**
 * One call, or one request that could not be read as calls, for the access log.
 *
 * @param path the chain's path, without any key; empty for a path that no chain has, as it may be a
 *     key
 * @param method the JSON-RPC method as the caller wrote it; empty where it could not be read
 * @param status the HTTP status of the reply it left in, or {@link #NO_STATUS}
 * @param latencyNanos from the body's arrival to the answer
 * @param verdict what the cache had to do with it: {@code hit}, a reason of a miss, or {@code
 *     refused}
 * @param failure the name of the failure, or empty
 */
public record AccessEntry(
    String path, String method, int status, long latencyNanos, String verdict, String failure) {
  /** The caller hung up before there was a reply. */
  public static final int NO_STATUS = 0;
}
