/** JSON-RPC 2.0 on bytes: requests and replies are scanned, and no tree is built. */
module dev.tenfold.toolkit.jsonrpc {
  requires static transitive org.jspecify;

  exports dev.tenfold.toolkit.jsonrpc;
}
