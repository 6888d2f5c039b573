module consumer.jsonrpc {
  requires dev.tenfold.toolkit.jsonrpc;
}
