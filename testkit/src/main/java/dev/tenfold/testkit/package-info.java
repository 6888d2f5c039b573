/** What the tests of several parts need. Not published: parts have it in test scope only. */
@NullMarked
package dev.tenfold.testkit;

import org.jspecify.annotations.NullMarked;
