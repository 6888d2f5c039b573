/**
 * The truth test: a gateway without sockets in front of simulated nodes whose chain moves in every
 * way that chains do, asked by a seeded script, and judged by what the simulated chain says.
 */
@NullMarked
package dev.tenfold.gateway.truth;

import org.jspecify.annotations.NullMarked;
