/** May this caller make this call? So far: which methods are refused. */
@NullMarked
package dev.tenfold.gateway.access;

import org.jspecify.annotations.NullMarked;
