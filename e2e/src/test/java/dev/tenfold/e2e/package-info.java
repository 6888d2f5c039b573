/**
 * Tests with real parts: the program as a process, real nodes, real client libraries, a browser,
 * and sockets that are written to byte by byte.
 */
@NullMarked
package dev.tenfold.e2e;

import org.jspecify.annotations.NullMarked;
