/** The admin API: {@code /v1/*} of the ops port. */
@NullMarked
package dev.tenfold.gateway.admin;

import org.jspecify.annotations.NullMarked;
