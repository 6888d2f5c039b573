/**
 * Benchmarks, one command each ({@code bench/run NAME}), which write a dated report. They run the
 * real program as processes of its own, on loopback only, and stop by themselves. Linux only:
 * figures of processes are read from {@code /proc}.
 */
@NullMarked
package dev.tenfold.bench;

import org.jspecify.annotations.NullMarked;
