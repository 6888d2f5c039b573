@NullMarked
package dev.tenfold.gateway.accounts;

import org.jspecify.annotations.NullMarked;
