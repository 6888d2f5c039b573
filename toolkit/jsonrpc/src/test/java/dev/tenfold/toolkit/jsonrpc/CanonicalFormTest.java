package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

class CanonicalFormTest {
  private static final int DEPTH = 4;
  private static final int TRIES = 5_000;

  private final CanonicalWriter writer = new CanonicalWriter();

  private @Nullable String canonical(byte[] json) {
    writer.reset();
    return writer.write(json, 0, json.length)
        ? new String(writer.array(), 0, writer.length(), UTF_8)
        : null;
  }

  private String canonical(String json) {
    return Objects.requireNonNull(canonical(json.getBytes(UTF_8)), json);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void twoSpellingsOfOneValueHaveOneForm(@ForAll Random random) {
    JsonMaker maker = new JsonMaker(random);
    Object value = maker.value(DEPTH);

    String form = canonical(maker.spell(value));

    assertThat(form).isEqualTo(canonical(maker.spell(value)));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void theFormMeansWhatTheValueMeansSoThatTwoMeaningsNeverShareOne(@ForAll Random random) {
    JsonMaker maker = new JsonMaker(random);
    byte[] json = maker.spell(maker.value(DEPTH)).getBytes(UTF_8);
    byte[] mutated = random.nextBoolean() ? json : maker.mutated(json);

    Optional<Object> meaning = Meaning.of(mutated);
    String form = canonical(mutated);

    assertThat(form == null).isEqualTo(meaning.isEmpty());
    if (form != null) {
      assertThat(Meaning.of(form.getBytes(UTF_8))).isEqualTo(meaning);
      assertThat(canonical(form)).isEqualTo(form);
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void formsAreEqualExactlyIfMeaningsAre(@ForAll Random random) {
    Pair pair = Pair.random(random);

    assertThat(canonical(pair.one()).equals(canonical(pair.other())))
        .as(pair.toString())
        .isEqualTo(pair.meansTheSame());
    Statistics.label("share")
        .collect(pair.meansTheSame())
        .coverage(
            coverage -> {
              coverage.check(true).percentage(share -> share > 10);
              coverage.check(false).percentage(share -> share > 10);
            });
  }

  @Example
  void aFormThatDropsInnerBracketsIsFoundOut() {
    assertThat(collision(form -> form.replaceAll("[\\[\\]]", ""))).isPresent();
  }

  @Example
  void aFormThatFoldsTheCaseOfAllTextIsFoundOut() {
    assertThat(collision(form -> form.toLowerCase(Locale.ROOT))).isPresent();
  }

  @Example
  void aFormThatDropsQuotesIsFoundOut() {
    assertThat(collision(form -> form.replace("\"", ""))).isPresent();
  }

  @Example
  void aFormWithoutAPlantedFaultIsNotFoundOut() {
    assertThat(collision(UnaryOperator.identity())).isEmpty();
  }

  @Example
  void topicsOfOnePositionAndOfTwoDiffer() {
    assertThat(canonical("{\"topics\":[[\"0xA\",\"0xB\"]]}"))
        .isNotEqualTo(canonical("{\"topics\":[\"0xA\",\"0xB\"]}"));
  }

  /** Two values that mean different things, and share a form that the fault was planted in. */
  private Optional<Pair> collision(UnaryOperator<String> fault) {
    Random random = new Random(1);
    for (int i = 0; i < TRIES; i++) {
      Pair pair = Pair.random(random);
      boolean shared =
          fault.apply(canonical(pair.one())).equals(fault.apply(canonical(pair.other())));
      if (shared && !pair.meansTheSame()) {
        return Optional.of(pair);
      }
    }
    return Optional.empty();
  }

  /** A value, and one that differs from it in one place or only in its spelling. */
  private record Pair(String one, String other) {
    static Pair random(Random random) {
      JsonMaker maker = new JsonMaker(random);
      Object value = maker.value(DEPTH);
      return new Pair(maker.spell(value), maker.spell(maker.changed(value)));
    }

    boolean meansTheSame() {
      return Meaning.of(one.getBytes(UTF_8)).equals(Meaning.of(other.getBytes(UTF_8)));
    }
  }
}
