package dev.tenfold.toolkit.profiling;

/**
 * What samples are told apart by.
 *
 * @param label the thread, or the class of the object; empty for none
 */
record Sample(Stack stack, String label) {}
