/** Part of the Tenfold toolkit. */
@NullMarked
package dev.tenfold.toolkit.metrics;

import org.jspecify.annotations.NullMarked;
