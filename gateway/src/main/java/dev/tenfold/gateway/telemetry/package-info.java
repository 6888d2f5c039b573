/** What is counted and written down of each call: metrics and the access log. */
@NullMarked
package dev.tenfold.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
