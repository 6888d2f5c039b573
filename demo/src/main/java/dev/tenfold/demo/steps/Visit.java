package dev.tenfold.demo.steps;

/**
 * A note that a user was here.
 *
 * @param atMillis since 1970
 */
record Visit(long atMillis, String user, String method) {}
