@NullMarked
package dev.tenfold.simnode;

import org.jspecify.annotations.NullMarked;
