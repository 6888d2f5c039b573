package dev.tenfold.toolkit.profiling;

/**
 * A place in the code.
 *
 * @param function class and method, or library and symbol
 * @param file the source file, empty where it is not known
 * @param line 0 where it is not known
 */
record Frame(String function, String file, int line) {}
