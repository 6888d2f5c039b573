package dev.tenfold.simnode;

import dev.tenfold.simnode.TransactionFields.Signature;

/** A signed transaction. Its hash is the Keccak hash of {@code raw}. */
record Transaction(
    String hash, String from, TransactionFields fields, Signature signature, byte[] raw) {

  static Transaction of(String from, TransactionFields fields, Signature signature) {
    byte[] raw = fields.signed(signature);
    return new Transaction(Keccak.hex(raw), from, fields, signature, raw);
  }

  /** Where a contract that this transaction creates will be. */
  String createdAddress() {
    byte[] creator = Rlp.list(Rlp.hex(from), Rlp.number(fields.nonce()));
    return "0x" + Keccak.hex(creator).substring(26);
  }
}
