package dev.tenfold.demo.steps;

/**
 * What was asked.
 *
 * @param id of the JSON-RPC request, which comes back with the answer
 * @param lookup what kind of thing
 * @param user who asks
 * @param subject which one: a block's number or an address
 */
record Question(long id, Lookup lookup, String user, String subject) {}
