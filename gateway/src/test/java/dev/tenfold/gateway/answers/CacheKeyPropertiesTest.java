package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Keys are canonical (same meaning, same key) and injective (another meaning, another key). */
class CacheKeyPropertiesTest {

  /** A call in one spelling. */
  private record Spelling(CallMeaning meaning, String params) {}

  @Property(tries = 3000)
  void callsThatMeanTheSameShareAKey(@ForAll long seed) {
    assertThat(isCanonical(CacheKeyPropertiesTest::key, seed)).isTrue();
  }

  @Property(tries = 10000)
  void callsThatDoNotMeanTheSameNeverShareAKey(@ForAll long seed) {
    assertThat(isInjective(CacheKeyPropertiesTest::key, seed)).isTrue();
  }

  @Property(tries = 3000)
  void aProbeFindsTheKeyOfACallAndNoOther(@ForAll long seed) {
    Random random = new Random(seed);
    CallMeaning call = CallMeaning.random(random);
    CallMeaning other = call.changed(random);
    KeyProbe probe = pointed(new Spelling(call, call.spelled(random)));
    Object same = key(new Spelling(call, call.spelled(random)));
    Object another = key(new Spelling(other, other.spelled(random)));

    assertThat(probe.equals(same)).isTrue();
    assertThat(probe.hashCode()).isEqualTo(same.hashCode());
    assertThat(other.equals(call) || !probe.equals(another)).isTrue();
  }

  @Example
  void aKeyThatDropsBracketsIsFoundOut() {
    assertFoundOut(call -> whole(call, canonical(call).replaceAll("[\\[\\]]", "")));
  }

  @Example
  void aKeyThatFoldsTheCaseOfAllStringsIsFoundOut() {
    assertFoundOut(call -> whole(call, canonical(call).toLowerCase(Locale.ROOT)));
  }

  @Example
  void aKeyThatIsOnlyAHashIsFoundOut() {
    assertFoundOut(call -> key(call).hashCode() & 0xff);
  }

  @Example
  void aKeyWithoutTheMethodIsFoundOut() {
    assertFoundOut(CacheKeyPropertiesTest::canonical);
  }

  @Example
  void aKeyOfRawBytesIsFoundOutToMissEqualCalls() {
    Function<Spelling, Object> raw = call -> whole(call, call.params());

    assertThat(LongStream.range(0, 1000).allMatch(seed -> isCanonical(raw, seed))).isFalse();
  }

  private static void assertFoundOut(Function<Spelling, Object> planted) {
    assertThat(LongStream.range(0, 10_000).allMatch(seed -> isInjective(planted, seed))).isFalse();
  }

  private static boolean isCanonical(Function<Spelling, Object> keys, long seed) {
    Random random = new Random(seed);
    CallMeaning call = CallMeaning.random(random);
    Object one = keys.apply(new Spelling(call, call.spelled(random)));
    Object two = keys.apply(new Spelling(call, call.spelled(random)));
    return one.equals(two) && one.hashCode() == two.hashCode();
  }

  private static boolean isInjective(Function<Spelling, Object> keys, long seed) {
    Random random = new Random(seed);
    CallMeaning call = CallMeaning.random(random);
    CallMeaning other = call.changed(random);
    Object one = keys.apply(new Spelling(call, call.spelled(random)));
    Object two = keys.apply(new Spelling(other, other.spelled(random)));
    return call.equals(other) || !one.equals(two);
  }

  private static CacheKey key(Spelling call) {
    return pointed(call).key();
  }

  private static String canonical(Spelling call) {
    return new String(key(call).params, StandardCharsets.UTF_8);
  }

  private static KeyProbe pointed(Spelling call) {
    CallMeaning meaning = call.meaning();
    Call made =
        Call.of(meaning.method(), call.params())
            .with(new Belief(Snapshot.UNKNOWN, 9, meaning.generation()));
    KeyProbe probe = new KeyProbe();
    CallTerms terms = new CallTerms();
    terms.read(made.request());
    assertThat(probe.point(meaning.chain(), made.request(), terms)).isTrue();
    return probe;
  }

  private static Object whole(Spelling call, String params) {
    CallMeaning meaning = call.meaning();
    return Objects.hash(meaning.chain(), meaning.generation(), meaning.method()) + params;
  }
}
