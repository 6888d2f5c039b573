/**
 * A simulated EVM node: a deterministic chain from a seed, answered in-process or over HTTP, with
 * latency and faults on demand.
 *
 * <p>{@link dev.tenfold.simnode.SimulatedChain} holds the blocks, {@link
 * dev.tenfold.simnode.SimNode} answers JSON-RPC about them, {@link
 * dev.tenfold.simnode.SimNodeServer} puts a node behind a socket. The package shares no code with
 * the gateway, so that it can be the oracle of the gateway's tests.
 *
 * <p>Beside the execution API a node takes these methods, which steer it. They are neither counted
 * nor hit by faults or latency:
 *
 * <ul>
 *   <li>{@code sim_mine [n]} seals n blocks (1 if left out), answers the new head's number
 *   <li>{@code sim_reorg [depth]} replaces the newest blocks, answers the new head's hash
 *   <li>{@code sim_rewind [n]} takes the head back by n blocks, answers its number
 *   <li>{@code sim_reset []} starts a new chain with other hashes, answers the new head's hash
 *   <li>{@code sim_setFault [{"kind": "http_500", "probability": 0.1, "times": 3, "method":
 *       "eth_call", "retryAfterSeconds": 2}]} adds a fault; all members but {@code kind} may be
 *       left out; {@code []} or {@code [null]} removes all faults; answers true
 *   <li>{@code sim_setLatency [milliseconds, jitterMilliseconds]} sets the delay of each answer,
 *       answers true
 *   <li>{@code sim_setLags [[0, 2]]} sets how many blocks the node is behind its chain; several: a
 *       fleet whose members answer in turn; answers true
 *   <li>{@code sim_calls []} answers the number of calls seen by method
 * </ul>
 */
@NullMarked
package dev.tenfold.simnode;

import org.jspecify.annotations.NullMarked;
