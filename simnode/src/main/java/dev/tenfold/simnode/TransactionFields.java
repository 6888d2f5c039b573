package dev.tenfold.simnode;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction says before it is signed: type 0 (EIP-155), 1 (EIP-2930) or 2 (EIP-1559).
 *
 * @param maxTip equal to {@code maxFee} for types 0 and 1, whose gas price it is
 * @param to null creates a contract
 */
record TransactionFields(
    int type,
    long chainId,
    long nonce,
    BigInteger maxTip,
    BigInteger maxFee,
    long gas,
    @Nullable String to,
    BigInteger value,
    String input,
    List<AccessEntry> accessList) {

  /** One entry of an access list. */
  record AccessEntry(String address, List<String> storageKeys) {}

  /** A signature over secp256k1; {@code v} is as the execution API shows it. */
  record Signature(BigInteger v, int yParity, BigInteger r, BigInteger s) {}

  Signature signature(int yParity, BigInteger r, BigInteger s) {
    BigInteger v =
        type == 0
            ? BigInteger.valueOf(chainId).shiftLeft(1).add(BigInteger.valueOf(35 + yParity))
            : BigInteger.valueOf(yParity);
    return new Signature(v, yParity, r, s);
  }

  /** The bytes that are signed. */
  byte[] unsigned() {
    List<byte[]> items = items();
    if (type == 0) {
      items.add(Rlp.number(chainId));
      items.add(Rlp.number(0));
      items.add(Rlp.number(0));
    }
    return envelope(items);
  }

  /** The bytes that are sent; their hash is the transaction's. */
  byte[] signed(Signature signature) {
    List<byte[]> items = items();
    items.add(type == 0 ? Rlp.number(signature.v()) : Rlp.number(signature.yParity()));
    items.add(Rlp.number(signature.r()));
    items.add(Rlp.number(signature.s()));
    return envelope(items);
  }

  BigInteger effectivePrice(BigInteger baseFee) {
    return type == 2 ? maxFee.min(baseFee.add(maxTip)) : maxFee;
  }

  private List<byte[]> items() {
    List<byte[]> items = new ArrayList<>();
    if (type != 0) {
      items.add(Rlp.number(chainId));
    }
    items.add(Rlp.number(nonce));
    if (type == 2) {
      items.add(Rlp.number(maxTip));
    }
    items.add(Rlp.number(maxFee));
    items.add(Rlp.number(gas));
    items.add(to == null ? Rlp.string(new byte[0]) : Rlp.hex(to));
    items.add(Rlp.number(value));
    items.add(Rlp.hex(input));
    if (type != 0) {
      items.add(Rlp.list(accessList.stream().map(TransactionFields::encode).toList()));
    }
    return items;
  }

  private byte[] envelope(List<byte[]> items) {
    byte[] body = Rlp.list(items);
    return type == 0 ? body : Rlp.join(new byte[] {(byte) type}, body);
  }

  private static byte[] encode(AccessEntry entry) {
    return Rlp.list(
        Rlp.hex(entry.address()), Rlp.list(entry.storageKeys().stream().map(Rlp::hex).toList()));
  }
}
