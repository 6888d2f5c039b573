@NullMarked
package dev.tenfold.toolkit.json;

import org.jspecify.annotations.NullMarked;
