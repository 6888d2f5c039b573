/**
 * Users, API keys and usage, and the database that they are in: SQLite, or PostgreSQL where there
 * are several gateways.
 *
 * <p>{@link dev.tenfold.gateway.accounts.Database} is opened once; {@link
 * dev.tenfold.gateway.accounts.Accounts} is for the admin API, {@link
 * dev.tenfold.gateway.accounts.StoredKeys} for the request path, {@link
 * dev.tenfold.gateway.accounts.UsageStore} for what was counted. What is read of users and keys is
 * kept in memory, and dropped the moment it changes: {@code Changes} says how.
 */
@NullMarked
package dev.tenfold.gateway.accounts;

import org.jspecify.annotations.NullMarked;
