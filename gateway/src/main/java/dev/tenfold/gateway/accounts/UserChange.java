package dev.tenfold.gateway.accounts;

import org.jspecify.annotations.Nullable;

/**
 * What is to be different of a user; null for what stays. The forms are those of {@link NewUser}.
 */
public record UserChange(@Nullable String name, @Nullable String email) {}
