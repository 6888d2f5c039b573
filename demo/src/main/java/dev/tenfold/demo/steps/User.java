package dev.tenfold.demo.steps;

/**
 * Who asks, as the database has it.
 *
 * @param createdAt in seconds since 1970
 */
record User(String id, String name, String email, long createdAt) {}
