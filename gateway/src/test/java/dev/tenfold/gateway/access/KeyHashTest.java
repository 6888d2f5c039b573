package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyHashTest {
  /** Source: FIPS 180-4, the example of one block. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void itIsTheSha256OfTheText() {
    assertThat(HexFormat.of().formatHex(KeyHash.of("abc").bytes())).isEqualTo(OF_ABC);
  }

  @Test
  void whatWasStoredIsEqualToWhatIsComputed() {
    KeyHash stored = KeyHash.from(HexFormat.of().parseHex(OF_ABC));

    assertThat(stored).isEqualTo(KeyHash.of("abc")).hasSameHashCodeAs(KeyHash.of("abc"));
    assertThat(KeyHash.from(stored.bytes())).isEqualTo(stored);
  }

  @Test
  void everyBitIsCompared() {
    KeyHash hash = KeyHash.of("abc");
    for (int bit = 0; bit < 256; bit++) {
      byte[] other = hash.bytes();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(KeyHash.from(other)).as("bit %d", bit).isNotEqualTo(hash);
    }
  }

  @Test
  void theBytesAreTheCallersOwn() {
    KeyHash hash = KeyHash.of("abc");
    hash.bytes()[0] = 0;

    assertThat(HexFormat.of().formatHex(hash.bytes())).isEqualTo(OF_ABC);
  }

  @Test
  void whatHasAnotherLengthIsRefused() {
    for (int length : new int[] {0, 31, 33}) {
      assertThatThrownBy(() -> KeyHash.from(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a hash has 32 bytes; this has " + length);
    }
  }

  @Test
  void noTextShowsIt() {
    KeyHash hash = KeyHash.of("abc");

    assertThat(hash.toString()).isEqualTo("KeyHash[***]");
    assertThat(new PresentedKey(hash, false).toString())
        .doesNotContain(Long.toString(hash.first()), "ba7816bf");
  }
}
