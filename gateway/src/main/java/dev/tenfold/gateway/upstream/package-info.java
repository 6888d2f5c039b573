/** One node: how it is asked, what its answers mean, and how well it is. */
@NullMarked
package dev.tenfold.gateway.upstream;

import org.jspecify.annotations.NullMarked;
