package dev.tenfold.gateway.evm;

import java.util.Arrays;

/**
 * The hash of a signed transaction, from the bytes that {@code eth_sendRawTransaction} takes.
 *
 * <p>It is the Keccak-256 of those bytes (EIP-2718). A transaction with blobs is sent together with
 * them but hashed without: {@code 0x03 || rlp([body, ...])} has the hash of {@code 0x03 ||
 * rlp(body)} (EIP-4844, "Networking").
 */
public final class TransactionHash {
  private static final int BLOB_TYPE = 0x03;
  private static final int SHORT_LIST = 0xc0;
  private static final int LONG_LIST = 0xf8;

  private TransactionHash() {}

  /** The hash, 32 bytes. Bytes that are no transaction have the hash of themselves. */
  public static byte[] of(byte[] raw) {
    return Keccak.hash(isBlobWithSidecar(raw) ? withoutSidecar(raw) : raw);
  }

  private static boolean isBlobWithSidecar(byte[] raw) {
    if (raw.length < 3 || raw[0] != BLOB_TYPE || unsigned(raw, 1) < SHORT_LIST) {
      return false;
    }
    int body = contentFrom(raw, 1);
    return body < raw.length
        && unsigned(raw, body) >= SHORT_LIST
        && listEnd(raw, body) <= raw.length;
  }

  private static byte[] withoutSidecar(byte[] raw) {
    int body = contentFrom(raw, 1);
    byte[] hashed = Arrays.copyOfRange(raw, body - 1, (int) listEnd(raw, body));
    hashed[0] = BLOB_TYPE;
    return hashed;
  }

  /** Where the content of the RLP list at {@code at} begins. */
  private static int contentFrom(byte[] rlp, int at) {
    int prefix = unsigned(rlp, at);
    return prefix < LONG_LIST ? at + 1 : at + 2 + (prefix - LONG_LIST);
  }

  private static long listEnd(byte[] rlp, int at) {
    int prefix = unsigned(rlp, at);
    int from = contentFrom(rlp, at);
    if (prefix < LONG_LIST) {
      return from + (long) (prefix - SHORT_LIST);
    }
    long length = 0;
    for (int i = at + 1; i < Math.min(from, rlp.length); i++) {
      length = length << Byte.SIZE | unsigned(rlp, i);
    }
    return length < 0 || length > rlp.length ? Long.MAX_VALUE : from + length;
  }

  private static int unsigned(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]);
  }
}
