package dev.tenfold.simnode;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a transaction in one block.
 *
 * @param firstLog the place in the block of the first of the logs
 */
record Receipt(
    Transaction transaction,
    int index,
    boolean succeeded,
    long gasUsed,
    long cumulativeGas,
    BigInteger price,
    @Nullable String contract,
    List<Log> logs,
    int firstLog,
    byte[] bloom) {

  /** The bytes whose trie root the header holds (EIP-2718). */
  byte[] encoded() {
    byte[] body =
        Rlp.list(
            Rlp.number(succeeded ? 1 : 0),
            Rlp.number(cumulativeGas),
            Rlp.string(bloom),
            Rlp.list(logs.stream().map(Receipt::encode).toList()));
    int type = transaction.fields().type();
    return type == 0 ? body : Rlp.join(new byte[] {(byte) type}, body);
  }

  private static byte[] encode(Log log) {
    return Rlp.list(
        Rlp.hex(log.address()),
        Rlp.list(log.topics().stream().map(Rlp::hex).toList()),
        Rlp.hex(log.data()));
  }
}
