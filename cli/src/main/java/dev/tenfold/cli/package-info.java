/** The command line: {@code tenfold serve}, {@code node}, {@code check-config}, and the rest. */
@NullMarked
package dev.tenfold.cli;

import org.jspecify.annotations.NullMarked;
