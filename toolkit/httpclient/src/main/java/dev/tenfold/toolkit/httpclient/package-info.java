/** Part of the Tenfold toolkit. */
@NullMarked
package dev.tenfold.toolkit.httpclient;

import org.jspecify.annotations.NullMarked;
