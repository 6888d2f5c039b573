package dev.tenfold.gateway.edge;

/**
 * What callers may send, and how long they may take over it.
 *
 * @param bodyBytes the largest body
 * @param batchCalls the most calls in one batch
 * @param headerBytes the largest request line, and the largest sum of header lines
 * @param depth the deepest nesting of JSON
 * @param arrivalNanos head and body are to be there so long after their first byte
 * @param idleNanos a connection on which nothing moved for so long is closed
 * @param connections the most connections at a time
 * @param callNanos the caller's patience: a call that has no answer by then fails. A caller that
 *     takes nothing of a reply for as long is cut off
 * @param bufferedBytes a larger reply is written in parts
 */
public record EdgeLimits(
    int bodyBytes,
    int batchCalls,
    int headerBytes,
    int depth,
    long arrivalNanos,
    long idleNanos,
    int connections,
    long callNanos,
    long bufferedBytes) {}
