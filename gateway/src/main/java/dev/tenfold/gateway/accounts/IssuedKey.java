package dev.tenfold.gateway.accounts;

import dev.tenfold.gateway.access.ApiKey;
import dev.tenfold.gateway.access.KeyRecord;

/**
 * A key that was made or given a new secret. This is the only time that the secret can be had: its
 * hash is all that is kept.
 */
public record IssuedKey(KeyRecord key, ApiKey secret) {}
