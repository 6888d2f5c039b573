package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void aKeyIsThePrefixAndThirtyThreeLettersAndDigits() {
    for (int i = 0; i < 1_000; i++) {
      String text = ApiKey.random(RANDOM).secret();
      assertThat(text).matches("tenfold_[0-9A-Za-z]{33}");
      assertThat(ApiKey.isMarked(text)).isTrue();
      assertThat(ApiKey.isWellFormed(text)).isTrue();
    }
  }

  @Test
  void everyBitOfTheRandomNumberCounts() {
    Set<String> texts = new HashSet<>();
    for (int bit = -1; bit < 160; bit++) {
      texts.add(ApiKey.random(bits(bit)).secret());
    }
    assertThat(texts).hasSize(161).allMatch(ApiKey::isWellFormed);
  }

  @Test
  void theLargestAndTheSmallestNumberHaveTheSameLength() {
    String none = ApiKey.random(filled((byte) 0)).secret();
    String all = ApiKey.random(filled((byte) 0xFF)).secret();

    assertThat(none).startsWith("tenfold_" + "0".repeat(27)).hasSize(41);
    assertThat(all).hasSize(41).isNotEqualTo(none);
  }

  @Test
  void eachSingleMistypedCharacterIsFound() {
    String text = ApiKey.random(RANDOM).secret();
    for (int at = ApiKey.PREFIX.length(); at < text.length(); at++) {
      for (char other : (DIGITS + "-_ \u00e9").toCharArray()) {
        String mistyped = text.substring(0, at) + other + text.substring(at + 1);
        assertThat(ApiKey.isWellFormed(mistyped))
            .as("%s at %d", other, at)
            .isEqualTo(mistyped.equals(text));
      }
    }
  }

  @Test
  void swappedNeighboursAreFound() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      String text = ApiKey.random(RANDOM).secret();
      int at = ApiKey.PREFIX.length() + random.nextInt(text.length() - 1 - ApiKey.PREFIX.length());
      char[] swapped = text.toCharArray();
      swapped[at] = text.charAt(at + 1);
      swapped[at + 1] = text.charAt(at);
      String mistyped = new String(swapped);
      assertThat(ApiKey.isWellFormed(mistyped)).isEqualTo(mistyped.equals(text));
    }
  }

  @Test
  void aCharacterTooManyOrTooFewIsFound() {
    String text = ApiKey.random(RANDOM).secret();
    for (int at = 0; at < text.length(); at++) {
      assertThat(ApiKey.isWellFormed(text.substring(0, at) + text.substring(at + 1))).isFalse();
      assertThat(ApiKey.isWellFormed(text.substring(0, at) + "x" + text.substring(at))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tenfold_", "Tenfold_x", "sk_live_abcdefgh", "tenfold-abcdefgh"})
  void whatIsNoKeyOfOursIsNotWellFormed(String text) {
    assertThat(ApiKey.isWellFormed(text)).isFalse();
    assertThat(ApiKey.isMarked(text)).isEqualTo(text.startsWith("tenfold_"));
  }

  @Test
  void aKeyThatCameMistypedIsKnownAsSuchAndAForeignOneIsNot() {
    String text = ApiKey.random(RANDOM).secret();

    assertThat(PresentedKey.of(text).mistyped()).isFalse();
    assertThat(PresentedKey.of(text + "x").mistyped()).isTrue();
    assertThat(PresentedKey.of("some-other-key").mistyped()).isFalse();
    assertThat(PresentedKey.of(text).hash()).isEqualTo(KeyHash.of(text));
  }

  @Test
  void noTextShowsTheKeyButItsHint() {
    ApiKey key = ApiKey.random(RANDOM);
    String random = key.secret().substring(ApiKey.PREFIX.length());

    assertThat(key.toString()).isEqualTo("tenfold_***");
    assertThat(PresentedKey.of(key.secret()).toString()).doesNotContain(random);
    assertThat(key.hint()).hasSize(4);
    assertThat(key.secret()).endsWith(key.hint());
  }

  /** Gives the number with this one bit, or with none. */
  private static SecureRandom bits(int bit) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0);
        if (bit >= 0) {
          bytes[bit / 8] = (byte) (1 << bit % 8);
        }
      }
    };
  }

  private static SecureRandom filled(byte value) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, value);
      }
    };
  }
}
