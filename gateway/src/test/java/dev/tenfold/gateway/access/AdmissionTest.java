package dev.tenfold.gateway.access;

import static dev.tenfold.gateway.access.KeyBuilder.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.KeyDirectory.Found;
import dev.tenfold.gateway.access.KeyDirectory.Lookup;
import dev.tenfold.gateway.access.KeyDirectory.Unavailable;
import dev.tenfold.gateway.access.KeyDirectory.Unknown;
import dev.tenfold.gateway.rpc.Failure;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
  private static final String KEY = "a-key-of-the-test";
  private static final Limits LIMITED = new Limits(5, 5, 0, 0, 0, 0);

  private final Map<KeyHash, Found> configured = new HashMap<>();
  private final Map<KeyHash, Lookup> known = new HashMap<>();
  private final Map<KeyHash, Lookup> elsewhere = new HashMap<>();
  private final AtomicInteger lookups = new AtomicInteger();
  private Limits ofAddresses = Limits.NONE;
  private Instant now = START;

  /** What a request shows; it can be read as often as one likes. */
  private record Visit(
      @Nullable PresentedKey key, String chain, @Nullable String origin, String from)
      implements Presented {
    @Override
    public InetAddress address() {
      try {
        return Networks.address(from);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  @Test
  void withoutAKeyOneComesInUnlessKeysAreRequired() {
    assertThat(admission(false).known(visit(null))).isEqualTo(new Verdict.Admitted(null));
    assertThat(admission(true).known(visit(null)))
        .isEqualTo(refused(Failure.KEY_MISSING, "an API key is needed"));
    assertThat(admission(true).find(visit(null)).result())
        .isEqualTo(refused(Failure.KEY_MISSING, "an API key is needed"));
    assertThat(lookups).hasValue(0);
  }

  @Test
  void whereAddressesHaveLimitsOneWithoutAKeyIsOnTheAccountOfTheAddress() {
    ofAddresses = LIMITED;
    Admission admission = admission(false);

    assertThat(account(admission.known(visit(null)))).isNotNull();
    assertThat(admission.known(visit(null))).isSameAs(admission.known(visit(null)));
    assertThat(admission.known(new Visit(null, "main", null, "192.0.2.2")))
        .isNotSameAs(admission.known(visit(null)));
  }

  @Test
  void aKeyThatNobodyKnowsIsRefusedEvenWhereNoneIsRequired() {
    known.put(KeyHash.of(KEY), Unknown.SUCH);

    assertThat(admission(false).known(visit(KEY)))
        .isEqualTo(refused(Failure.KEY_UNKNOWN, "the API key is not known"));
  }

  @Test
  void aMistypedKeyIsToldApartWithoutALookup() {
    String text = ApiKey.random(new SecureRandom()).secret();
    char last = text.charAt(text.length() - 1);
    String mistyped = text.substring(0, text.length() - 1) + (last == 'x' ? 'y' : 'x');

    assertThat(admission(true).known(visit(mistyped)))
        .isEqualTo(refused(Failure.KEY_UNKNOWN, "the API key is mistyped: its checksum is wrong"));
    assertThat(admission(true).known(visit(text))).as("has to be looked up").isNull();
  }

  @Test
  void aKeyOfTheConfigurationIsKnownWhateverItLooksLike() {
    String text = "tenfold_as-the-operator-wrote-it";
    configured.put(KeyHash.of(text), new Found(key("mine").record(), null));

    assertThat(account(admission(true).known(visit(text)))).isNotNull();
  }

  @Test
  void aKeyOfTheConfigurationNeedsNoDirectory() {
    configured.put(KeyHash.of(KEY), new Found(key("mine").record(), null));
    known.put(KeyHash.of(KEY), Unavailable.NOW);

    assertThat(account(admission(true).known(visit(KEY)))).isNotNull();
  }

  @Test
  void aRevokedKeyIsRefused() {
    known.put(KeyHash.of(KEY), new Found(key("a").revokedAt(START).record(), null));

    assertThat(admission(false).known(visit(KEY)))
        .isEqualTo(refused(Failure.KEY_UNKNOWN, "the API key was revoked"));
  }

  @Test
  void aKeyExpiresInItsMoment() {
    known.put(KeyHash.of(KEY), new Found(key("a").expiresAt(START.plusMillis(1)).record(), null));
    Admission admission = admission(false);

    assertThat(account(admission.known(visit(KEY)))).isNotNull();
    now = START.plusMillis(1);
    assertThat(admission.known(visit(KEY)))
        .isEqualTo(refused(Failure.KEY_UNKNOWN, "the API key has expired"));
  }

  @Test
  void ofARotatedKeyTheOldSecretEndsAndTheNewOneGoesOnOnTheSameAccount() {
    KeyRecord record = key("a").record();
    known.put(KeyHash.of("old-secret"), new Found(record, START.plusMillis(1)));
    known.put(KeyHash.of("new-secret"), new Found(record, null));
    Admission admission = admission(false);

    assertThat(admission.known(visit("old-secret")))
        .isSameAs(admission.known(visit("new-secret")))
        .isInstanceOf(Verdict.Admitted.class);
    now = START.plusMillis(1);
    assertThat(admission.known(visit("old-secret")))
        .isEqualTo(refused(Failure.KEY_UNKNOWN, "the API key has expired"));
    assertThat(account(admission.known(visit("new-secret")))).isNotNull();
  }

  @Test
  void aKeyMayBeForSomeChainsOnly() {
    known.put(KeyHash.of(KEY), new Found(key("a").chains("main", "dev").record(), null));
    Admission admission = admission(false);

    assertThat(account(admission.known(visit(KEY)))).isNotNull();
    assertThat(admission.known(new Visit(PresentedKey.of(KEY), "other", null, "192.0.2.1")))
        .isEqualTo(refused(Failure.KEY_FORBIDDEN, "the API key may not use this chain"));
  }

  @Test
  void aKeyMayBeForSomeOriginsOnly() {
    known.put(KeyHash.of(KEY), new Found(key("a").origins("https://app.example").record(), null));
    Verdict no = refused(Failure.KEY_FORBIDDEN, "the API key may not be used from this origin");
    Admission admission = admission(false);

    assertThat(account(admission.known(from("https://app.example", "192.0.2.1")))).isNotNull();
    assertThat(admission.known(from("https://app.example.evil", "192.0.2.1"))).isEqualTo(no);
    assertThat(admission.known(from(null, "192.0.2.1"))).isEqualTo(no);
  }

  @Test
  void aKeyMayBeForSomeAddressesOnly() {
    known.put(KeyHash.of(KEY), new Found(key("a").addresses("10.0.0.0/8", "::1").record(), null));
    Verdict no = refused(Failure.KEY_FORBIDDEN, "the API key may not be used from this address");
    Admission admission = admission(false);

    assertThat(account(admission.known(from(null, "10.1.2.3")))).isNotNull();
    assertThat(account(admission.known(from(null, "::1")))).isNotNull();
    assertThat(admission.known(from(null, "192.0.2.1"))).isEqualTo(no);
  }

  @Test
  void whatIsNotKnownIsLookedUp() {
    elsewhere.put(KeyHash.of(KEY), new Found(key("a").record(), null));
    Admission admission = admission(true);

    assertThat(admission.known(visit(KEY))).isNull();
    assertThat(account(admission.find(visit(KEY)).result())).isNotNull();
    assertThat(lookups).hasValue(1);
  }

  @Test
  void whatIsFoundIsJudgedLikeWhatWasKnown() {
    elsewhere.put(KeyHash.of(KEY), new Found(key("a").chains("other").record(), null));
    elsewhere.put(KeyHash.of("none"), Unknown.SUCH);
    Admission admission = admission(true);

    assertThat(admission.find(visit(KEY)).result())
        .isEqualTo(refused(Failure.KEY_FORBIDDEN, "the API key may not use this chain"));
    assertThat(admission.find(visit("none")).result())
        .isEqualTo(refused(Failure.KEY_UNKNOWN, "the API key is not known"));
  }

  @Test
  void whatCannotBeFoundOutIsNotCalledUnknown() {
    known.put(KeyHash.of(KEY), Unavailable.NOW);
    Verdict no = refused(Failure.KEYS_UNAVAILABLE, "the API key cannot be looked up now");

    assertThat(admission(false).known(visit(KEY))).isEqualTo(no);
    assertThat(admission(false).find(visit("another")).result()).isEqualTo(no);
    assertThat(Failure.KEYS_UNAVAILABLE.row().httpStatus()).isEqualTo(503);
  }

  private Admission admission(boolean requireKey) {
    MethodCosts costs = new MethodCosts(Map.of());
    CallAccounts accounts =
        new CallAccounts(
            new Tiers(Map.of(), Limits.NONE, ofAddresses),
            costs,
            new UsageBook(),
            key -> Future.succeededFuture(0L),
            () -> 0,
            () -> now);
    return new Admission(requireKey, configured, new Directory(), accounts, () -> now);
  }

  private final class Directory implements KeyDirectory {
    @Override
    public @Nullable Lookup known(KeyHash hash) {
      return known.get(hash);
    }

    @Override
    public Future<Lookup> find(KeyHash hash) {
      lookups.incrementAndGet();
      return Future.succeededFuture(elsewhere.getOrDefault(hash, Unavailable.NOW));
    }
  }

  private static Visit visit(@Nullable String key) {
    return new Visit(key == null ? null : PresentedKey.of(key), "main", null, "192.0.2.1");
  }

  private static Visit from(@Nullable String origin, String address) {
    return new Visit(PresentedKey.of(KEY), "main", origin, address);
  }

  private static Verdict refused(Failure failure, String message) {
    return new Verdict.Refused(failure, message);
  }

  private static @Nullable Object account(@Nullable Verdict verdict) {
    return verdict instanceof Verdict.Admitted in ? in.account() : null;
  }
}
