package dev.tenfold.gateway.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionHashTest {
  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void isTheKeccakOfTheBytes() {
    assertThat(TransactionHash.of(bytes("02c20102"))).isEqualTo(Keccak.hash(bytes("02c20102")));
  }

  @Test
  void leavesOutTheBlobsThatATransactionIsSentWith() {
    byte[] sent = bytes("03" + "c7" + "c3010203" + "c0c0c0");

    assertThat(TransactionHash.of(sent)).isEqualTo(Keccak.hash(bytes("03c3010203")));
  }

  @Test
  void leavesOutTheBlobsOfALongTransaction() {
    String body = "f840" + "01".repeat(64);
    byte[] sent = bytes("03" + "f90045" + body + "c0c0c0");

    assertThat(TransactionHash.of(sent)).isEqualTo(Keccak.hash(bytes("03" + body)));
  }

  @Test
  void takesABlobTransactionWithoutBlobsAsItIs() {
    byte[] sent = bytes("03c3010203");

    assertThat(TransactionHash.of(sent)).isEqualTo(Keccak.hash(sent));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "03", "03f8", "03c1f8", "03f9ffff", "03c2f9ff", "03c3ffffffff"})
  void bytesThatAreNoTransactionHaveTheHashOfThemselves(String hex) {
    byte[] sent = bytes(hex);

    assertThat(TransactionHash.of(Arrays.copyOf(sent, sent.length))).isEqualTo(Keccak.hash(sent));
  }
}
