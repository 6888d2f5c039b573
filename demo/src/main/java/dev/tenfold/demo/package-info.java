/**
 * The measured table: an ordinary backend against the gateway, on the reader's own machine. {@link
 * dev.tenfold.demo.Demo} starts each part as a process of its own, puts load on it, reads what it
 * took from the system, and stops it.
 *
 * <p>Knows the gateway only by its command line, so that what is measured is what people run.
 */
@NullMarked
package dev.tenfold.demo;

import org.jspecify.annotations.NullMarked;
