package dev.tenfold.gateway.evm;

import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Keccak-256 as Ethereum has it: the padding of the original submission, not that of FIPS 202.
 * Stateless.
 */
public final class Keccak {
  private static final int BITS = 256;

  private Keccak() {}

  /** The 32 bytes of the hash. */
  public static byte[] hash(byte[] data) {
    KeccakDigest digest = new KeccakDigest(BITS);
    digest.update(data, 0, data.length);
    byte[] hash = new byte[BITS / Byte.SIZE];
    digest.doFinal(hash, 0);
    return hash;
  }
}
