/**
 * JSON-RPC 2.0 on bytes, without a tree: for programs that pass calls on, and have to know what
 * they say, but not to own it.
 *
 * <ul>
 *   <li>{@link dev.tenfold.toolkit.jsonrpc.RequestScanner} finds the calls in the body of a request
 *       and tells what is wrong with each.
 *   <li>{@link dev.tenfold.toolkit.jsonrpc.ReplyScanner} finds result and error in the answer of a
 *       node.
 *   <li>{@link dev.tenfold.toolkit.jsonrpc.ReplyStream} does so for an answer that comes in pieces
 *       and is too large to be held.
 *   <li>{@link dev.tenfold.toolkit.jsonrpc.CanonicalWriter} writes values in a form in which equal
 *       bytes mean equal values: the key of a cache.
 *   <li>{@link dev.tenfold.toolkit.jsonrpc.JsonSpans} walks what the scanners found.
 * </ul>
 *
 * <p>Scanners and writers are reused, are not thread-safe, and allocate only to grow: have one of
 * each for each thread or event loop. They read strict RFC 8259 in strict UTF-8 (RFC 3629): no
 * byte-order mark, no overlong forms, no raw control characters in strings, nothing behind the
 * value. An escaped surrogate without its partner is valid. None of them recurses, so depth costs
 * no stack, and each takes time in proportion to the bytes (a sort of members apart), whatever they
 * are. They need no library at run time.
 *
 * <p>{@code JsonCursor} holds the one grammar that all of them read with, and {@code
 * JsonPushParser} the same for pieces. The first is compared with the JDK's UTF-8 decoder and
 * Jackson by properties and by fuzzing, the second with the first. Each build replays the inputs
 * kept under {@code src/test/resources}. This searches for new ones, ten minutes for each test; an
 * input that fails is put beside the others:
 *
 * <pre>{@code
 * JAZZER_FUZZ=1 mvn -pl toolkit/jsonrpc test \
 *     -Dtest=JsonRpcFuzzTest#theRequestScannerAgreesWithTheOracle
 * JAZZER_FUZZ=1 mvn -pl toolkit/jsonrpc test \
 *     -Dtest=JsonRpcFuzzTest#theReplyScannerAgreesWithTheOracle
 * JAZZER_FUZZ=1 mvn -pl toolkit/jsonrpc test \
 *     -Dtest=JsonRpcFuzzTest#theReplyStreamAgreesWithTheReplyScanner
 * JAZZER_FUZZ=1 mvn -pl toolkit/jsonrpc test \
 *     -Dtest=JsonRpcFuzzTest#theCanonicalFormKeepsTheMeaning
 * }</pre>
 */
@NullMarked
package dev.tenfold.toolkit.jsonrpc;

import org.jspecify.annotations.NullMarked;
