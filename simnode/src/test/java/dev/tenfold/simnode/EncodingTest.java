package dev.tenfold.simnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

  /** The roots were computed by the npm package {@code @ethereumjs/mpt}. */
  @ParameterizedTest
  @CsvSource({
    "1,0xac92bc8d02906a87a573c32c72bb427036f0e43d7a7375c5c491ebba064add15",
    "2,0x371b12de26fe379d0af37d7ce961217fc12625084d74ebf45112608f80e30866",
    "3,0x0e2b161e76ab16494664e3c316c748adb7d3fe598dac818fbc23250000d1c46a",
    "17,0x53c624cad831031c540409c08eff72e11066e62b21ba7c1a8a273731cb5d6b51",
    "130,0x0387183d08375c9635ae06dcc07f47c563a410814276046bbbf9a2f308483f20",
    "300,0xea212da7aa61b5275c5435e02627c0b277d7afbe225027458aed14fd22e02c32"
  })
  void theRootOfValuesIsThatOfATrie(int count, String root) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] value = new byte[1 + i % 7 * 9];
      Arrays.fill(value, (byte) (i % 250 + 1));
      values.add(value);
    }

    assertThat(TrieRoot.of(values)).isEqualTo(root);
  }

  @Test
  void whatIsEmptyHasTheWellKnownHashes() {
    assertThat(Keccak.hex(Rlp.list())).isEqualTo(Header.NO_UNCLES);
    assertThat(Keccak.hex(Rlp.string(new byte[0]))).isEqualTo(Header.EMPTY_ROOT);
    assertThat(TrieRoot.of(List.of())).isEqualTo(Header.EMPTY_ROOT);
  }

  @ParameterizedTest
  @CsvSource({"0,80", "1,01", "15,0f", "127,7f", "128,8180", "1024,820400"})
  void numbersAreWrittenShort(long number, String digits) {
    assertThat(Hex.data(Rlp.number(number))).isEqualTo("0x" + digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0x", "0x81", "0x8101", "0x83aa", "0xb801aa", "0xc2", "0xc183", "0xf8", "0x0101"})
  void badRlpIsRefused(String data) {
    assertThatThrownBy(() -> Rlp.decode(Hex.bytes(data), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rlp:");
  }

  @Test
  void longValuesAreReadAsTheyWereWritten() {
    byte[] text = new byte[70_000];
    Arrays.fill(text, (byte) 7);
    byte[] list = Rlp.list(Rlp.string(text), Rlp.list(Rlp.number(5)));

    assertThat(Rlp.decode(list, 0))
        .isInstanceOfSatisfying(
            Rlp.Items.class,
            items -> {
              assertThat(items.bytes(0).value()).isEqualTo(text);
              assertThat(items.list(1).bytes(0).number()).isEqualTo(5);
            });
  }
}
