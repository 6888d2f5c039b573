/**
 * A memory cache that is bounded in bytes, and single flight: one call for any number of equal
 * calls that are under way.
 */
@NullMarked
package dev.tenfold.toolkit.cache;

import org.jspecify.annotations.NullMarked;
