/**
 * Do we know the answer, or is someone already asking? Answers of which nothing can change are kept
 * in memory, equal calls in flight share one call to a node, and a few methods are answered here.
 *
 * <p>The way of a call: {@code Answers} sorts it by class; {@code CallTerms} reads from its
 * parameters whether it may be shared and what would make its answer final; {@code KeyProbe} looks
 * it up; {@code Flights} joins it with equal calls; {@code KeepPolicy} judges what came back.
 */
@NullMarked
package dev.tenfold.gateway.answers;

import org.jspecify.annotations.NullMarked;
