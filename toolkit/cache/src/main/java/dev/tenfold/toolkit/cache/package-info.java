/** Part of the Tenfold toolkit. */
@NullMarked
package dev.tenfold.toolkit.cache;

import org.jspecify.annotations.NullMarked;
