package dev.tenfold.toolkit.profiling;

/**
 * A thread as a dump has it.
 *
 * @param waitsFor the class of what it waits for (a monitor, or what it has parked for); empty for
 *     nothing, and where the dump does not say
 */
record DumpedThread(Stack stack, Thread.State state, boolean isVirtual, String waitsFor) {}
