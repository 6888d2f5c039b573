/**
 * Races of the parts, by jcstress: a package for each part, with the two or three threads that
 * might disturb each other, and all that may come of it. What is not listed as an outcome is a
 * failure.
 *
 * <p>{@code mvn verify} runs each for a tenth of a second, within one JVM ({@code RacesTest}). To
 * look for longer, with jcstress's own JVMs, in all ways to compile the threads:
 *
 * <pre>{@code
 * mvn -pl stress -am verify -Pthorough
 * mvn -pl stress -am verify -Pthorough -Dstress.arguments='-m tough -t pool'
 * }</pre>
 *
 * <p>The report is in {@code stress/target/results}.
 */
@NullMarked
package dev.tenfold.stress;

import org.jspecify.annotations.NullMarked;
