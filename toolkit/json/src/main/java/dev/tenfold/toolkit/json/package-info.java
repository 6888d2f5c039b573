/**
 * JSON for messages: values to bytes and bytes to values by Jackson's mapping, with pooled readers
 * and writers of its own below, limits that are on by default, and a bounded table of names.
 *
 * <ul>
 *   <li>{@link dev.tenfold.toolkit.json.Json} reads and writes.
 *   <li>{@link dev.tenfold.toolkit.json.JsonException} is the one way in which that fails.
 *   <li>{@link dev.tenfold.toolkit.json.NameTable} turns bytes into names that are there already.
 * </ul>
 */
@NullMarked
package dev.tenfold.toolkit.json;

import org.jspecify.annotations.NullMarked;
