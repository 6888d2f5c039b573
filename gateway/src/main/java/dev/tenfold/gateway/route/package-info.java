/** Whom to ask, how often, and how long. */
@NullMarked
package dev.tenfold.gateway.route;

import org.jspecify.annotations.NullMarked;
