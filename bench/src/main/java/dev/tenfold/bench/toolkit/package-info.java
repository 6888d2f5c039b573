/**
 * The parts of the toolkit beside what people would otherwise take. {@link
 * dev.tenfold.bench.toolkit.PartBenchmarks} names them all; {@link
 * dev.tenfold.bench.toolkit.JmhComparison} says how candidates are written.
 */
@NullMarked
package dev.tenfold.bench.toolkit;

import org.jspecify.annotations.NullMarked;
