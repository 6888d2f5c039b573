package dev.tenfold.gateway.telemetry;

/**
 * One call, for the access log.
 *
 * @param path the path without any key
 * @param method the JSON-RPC method as the caller wrote it; empty where it could not be read
 * @param status the HTTP status of the reply it left in
 * @param latencyNanos from the body's arrival to the answer
 * @param verdict what the cache had to do with it: {@code hit}, a reason of a miss, or {@code
 *     refused}
 * @param failure the name of the failure, or empty
 */
public record AccessEntry(
    String path, String method, int status, long latencyNanos, String verdict, String failure) {}
