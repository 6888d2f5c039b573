package dev.tenfold.simnode;

import java.util.List;

/** A block with all that is in it. */
record Block(Header header, String hash, List<Header> uncles, List<Receipt> receipts) {

  long number() {
    return header.number();
  }

  int logCount() {
    return receipts.isEmpty()
        ? 0
        : receipts.getLast().firstLog() + receipts.getLast().logs().size();
  }
}
