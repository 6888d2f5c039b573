package dev.tenfold.simnode;

import dev.tenfold.simnode.Rlp.Items;
import dev.tenfold.simnode.TransactionFields.AccessEntry;
import dev.tenfold.simnode.TransactionFields.Signature;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** Reads signed transactions of types 0 (EIP-155), 1 (EIP-2930) and 2 (EIP-1559). */
final class SignedTransactions {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final BigInteger HALF_ORDER = CURVE.getN().shiftRight(1);

  private SignedTransactions() {}

  /**
   * Decodes a transaction and recovers its sender.
   *
   * @throws RpcFailure if it is not one, of another type, or its signature is not valid
   */
  static Transaction decode(byte[] raw) {
    try {
      if (raw.length == 0) {
        throw new IllegalArgumentException("typed transaction too short");
      }
      int first = raw[0] & 0xff;
      if (first >= 0xc0) {
        return legacy((Items) Rlp.decode(raw, 0));
      }
      if ((first == 1 || first == 2)
          && raw.length > 1
          && Rlp.decode(raw, 1) instanceof Items items) {
        return typed(first, items);
      }
      throw new IllegalArgumentException("transaction type not supported");
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw RpcFailure.server(String.valueOf(e.getMessage()));
    }
  }

  private static Transaction legacy(Items items) {
    requireSize(items, 9);
    BigInteger v = items.bytes(6).number();
    if (v.compareTo(BigInteger.valueOf(35)) < 0) {
      throw new IllegalArgumentException(
          "only replay-protected (EIP-155) transactions allowed over RPC");
    }
    BigInteger shifted = v.subtract(BigInteger.valueOf(35));
    BigInteger price = items.bytes(1).number();
    TransactionFields fields =
        new TransactionFields(
            0,
            shifted.shiftRight(1).longValueExact(),
            items.bytes(0).number().longValueExact(),
            price,
            price,
            items.bytes(2).number().longValueExact(),
            destination(items, 3),
            items.bytes(4).number(),
            items.bytes(5).hex(),
            List.of());
    return recovered(fields, shifted.testBit(0) ? 1 : 0, items, 7);
  }

  private static Transaction typed(int type, Items items) {
    requireSize(items, type == 1 ? 11 : 12);
    int price = type; // types 1 and 2 differ in one more fee before the gas
    TransactionFields fields =
        new TransactionFields(
            type,
            items.bytes(0).number().longValueExact(),
            items.bytes(1).number().longValueExact(),
            items.bytes(2).number(),
            items.bytes(1 + price).number(),
            items.bytes(2 + price).number().longValueExact(),
            destination(items, 3 + price),
            items.bytes(4 + price).number(),
            items.bytes(5 + price).hex(),
            accessList(items.list(6 + price)));
    int parity = items.bytes(7 + price).number().intValueExact();
    return recovered(fields, parity, items, 8 + price);
  }

  private static void requireSize(Items items, int size) {
    if (items.items().size() != size) {
      throw new IllegalArgumentException(
          "rlp: a transaction of " + items.items().size() + " values, want " + size);
    }
  }

  private static @Nullable String destination(Items items, int index) {
    byte[] to = items.bytes(index).value();
    if (to.length != 0 && to.length != 20) {
      throw new IllegalArgumentException("rlp: input string of wrong length for common.Address");
    }
    return to.length == 0 ? null : Hex.data(to);
  }

  private static List<AccessEntry> accessList(Items list) {
    List<AccessEntry> entries = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      Items keys = list.list(i).list(1);
      List<String> slots = new ArrayList<>();
      for (int j = 0; j < keys.items().size(); j++) {
        slots.add(keys.bytes(j).hex());
      }
      entries.add(new AccessEntry(list.list(i).bytes(0).hex(), List.copyOf(slots)));
    }
    return List.copyOf(entries);
  }

  private static Transaction recovered(
      TransactionFields fields, int parity, Items items, int signatureAt) {
    BigInteger r = items.bytes(signatureAt).number();
    BigInteger s = items.bytes(signatureAt + 1).number();
    Signature signature = fields.signature(parity, r, s);
    return Transaction.of(sender(Keccak.hash(fields.unsigned()), signature), fields, signature);
  }

  /** Recovers the key that signed (SEC 1, section 4.1.6) and takes the address of it. */
  private static String sender(byte[] hash, Signature signature) {
    BigInteger order = CURVE.getN();
    BigInteger r = signature.r();
    BigInteger s = signature.s();
    boolean inRange = r.signum() > 0 && r.compareTo(order) < 0 && s.signum() > 0;
    if (!inRange || s.compareTo(HALF_ORDER) > 0 || signature.yParity() >> 1 != 0) {
      throw new IllegalArgumentException("invalid transaction v, r, s values");
    }
    ECPoint point = CURVE.getCurve().decodePoint(compressed(r, signature.yParity()));
    BigInteger inverse = r.modInverse(order);
    BigInteger digest = new BigInteger(1, hash).negate().multiply(inverse).mod(order);
    BigInteger factor = s.multiply(inverse).mod(order);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), digest, point, factor);
    byte[] encoded = key.normalize().getEncoded(false);
    return "0x" + Keccak.hex(Arrays.copyOfRange(encoded, 1, encoded.length)).substring(26);
  }

  private static byte[] compressed(BigInteger x, int parity) {
    byte[] point = Hex.bytes(Hex.word(x));
    return Rlp.join(new byte[] {(byte) (2 + parity)}, point);
  }
}
