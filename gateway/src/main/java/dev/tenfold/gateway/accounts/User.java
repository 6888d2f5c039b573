package dev.tenfold.gateway.accounts;

import java.time.Instant;

/**
 * A user. Immutable.
 *
 * @param id the caller's own, or a UUID of version 7
 * @param name 1 to 200 characters
 * @param email as it was given; no two users have the same one in any case of letters
 * @param createdAt in milliseconds
 */
public record User(String id, String name, String email, Instant createdAt) {}
