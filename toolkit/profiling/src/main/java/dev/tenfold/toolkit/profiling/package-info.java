/** Profiles of the running JVM over HTTP, in the format and under the paths that Go has for it. */
@NullMarked
package dev.tenfold.toolkit.profiling;

import org.jspecify.annotations.NullMarked;
