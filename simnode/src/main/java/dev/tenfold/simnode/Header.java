package dev.tenfold.simnode;

import java.math.BigInteger;
import java.util.List;

/** A header as of the Cancun fork. The block's hash is the Keccak hash of its encoding. */
record Header(
    String parentHash,
    String unclesHash,
    String miner,
    String stateRoot,
    String transactionsRoot,
    String receiptsRoot,
    byte[] bloom,
    long number,
    long gasLimit,
    long gasUsed,
    long timestamp,
    String extraData,
    String mixHash,
    BigInteger baseFee,
    String beaconRoot) {

  /** The hash of an empty list of uncles. */
  static final String NO_UNCLES =
      "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";

  /** The root of an empty trie. */
  static final String EMPTY_ROOT =
      "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

  static final String ZERO_NONCE = "0x0000000000000000";

  /** What a header says of the uncles of its block. */
  static String unclesHash(List<Header> uncles) {
    return Keccak.hex(Rlp.list(uncles.stream().map(Header::encoded).toList()));
  }

  byte[] encoded() {
    return Rlp.list(
        Rlp.hex(parentHash),
        Rlp.hex(unclesHash),
        Rlp.hex(miner),
        Rlp.hex(stateRoot),
        Rlp.hex(transactionsRoot),
        Rlp.hex(receiptsRoot),
        Rlp.string(bloom),
        Rlp.number(0),
        Rlp.number(number),
        Rlp.number(gasLimit),
        Rlp.number(gasUsed),
        Rlp.number(timestamp),
        Rlp.hex(extraData),
        Rlp.hex(mixHash),
        Rlp.hex(ZERO_NONCE),
        Rlp.number(baseFee),
        Rlp.hex(EMPTY_ROOT),
        Rlp.number(0),
        Rlp.number(0),
        Rlp.hex(beaconRoot));
  }
}
