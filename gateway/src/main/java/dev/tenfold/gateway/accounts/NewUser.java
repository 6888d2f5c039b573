package dev.tenfold.gateway.accounts;

import org.jspecify.annotations.Nullable;

/**
 * A user to be made. Nothing is checked before it is handed to {@link Accounts}.
 *
 * @param id 1 to 64 of {@code A-Z a-z 0-9 _ . : -}; null for one that is made here
 * @param name 1 to 200 characters, no control characters, not blank
 * @param email 3 to 254 characters with one {@code @} inside, no white space or control characters
 */
public record NewUser(@Nullable String id, String name, String email) {}
