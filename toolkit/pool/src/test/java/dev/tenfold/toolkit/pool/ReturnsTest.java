package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Returns that are refused, and one that cannot be. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReturnsTest {

  private final ObjectPool<Thing> pool =
      ObjectPool.builder(Thing::new).name("things").maxIdle(2).build();

  /** What is in use in a test: what is dropped is a leak. */
  private final List<Thing> held = new ArrayList<>();

  private Thing take() {
    Thing thing = pool.get();
    held.add(thing);
    return thing;
  }

  /** That it is refused, and changes nothing but the count of refusals. */
  private void refused(ThrowingCallable call, String why) {
    PoolStats before = pool.stats();
    assertThatThrownBy(call)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("pool things: " + why);
    PoolStats after = pool.stats();
    assertThat(after.badReturns()).isEqualTo(before.badReturns() + 1);
    assertThat(after).usingRecursiveComparison().ignoringFields("badReturns").isEqualTo(before);
  }

  @Test
  void aSecondReturnIsRefusedAndTheObjectIsGivenOutOnce() {
    Thing thing = take();
    pool.put(thing);
    refused(() -> pool.put(thing), "this object was returned already");
    refused(() -> pool.discard(thing), "this object was returned already");
    assertThat(take()).isSameAs(thing);
    assertThat(take()).isNotSameAs(thing);
  }

  @Test
  void anObjectOfSomebodyElseIsRefusedAlsoIfItIsEqual() {
    Thing mine = take();
    Thing foreign = new Thing();
    Thing ofAnotherPool = ObjectPool.builder(Thing::new).build().get();
    assertThat(foreign).isEqualTo(mine);
    refused(() -> pool.put(foreign), "this object is none of the pool's, or no longer");
    refused(() -> pool.discard(foreign), "this object is none of the pool's, or no longer");
    refused(() -> pool.put(ofAnotherPool), "this object is none of the pool's, or no longer");
    pool.put(mine);
  }

  @Test
  void anObjectThatWasDiscardedIsRefused() {
    Thing thing = take();
    pool.discard(thing);
    refused(() -> pool.put(thing), "this object is none of the pool's, or no longer");

    Thing first = take();
    Thing second = take();
    Thing third = take();
    pool.put(first);
    pool.put(second);
    pool.put(third);
    refused(() -> pool.put(third), "this object is none of the pool's, or no longer");
  }

  @Test
  void aLeasedObjectIsReturnedByItsLeaseOnly() {
    try (Lease<Thing> lease = pool.lease()) {
      Thing thing = lease.get();
      refused(() -> pool.put(thing), "this object is leased, and returned by its lease");
      refused(() -> pool.discard(thing), "this object is leased, and returned by its lease");
      assertThat(lease.get()).isSameAs(thing);
    }
    assertThat(pool.stats().idle()).isEqualTo(1);
  }

  @Test
  void aSecondCloseOfALeaseIsRefused() {
    Lease<Thing> lease = pool.lease();
    lease.close();
    refused(lease::close, "this lease has ended already");
    refused(lease::discard, "this lease has ended already");
    assertThatThrownBy(lease::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this lease has ended already");
  }

  @Test
  void aLateSecondCloseDoesNotDisturbWhoHasTheObjectNow() {
    Lease<Thing> stale = pool.lease();
    Thing thing = stale.get();
    stale.close();
    try (Lease<Thing> current = pool.lease()) {
      assertThat(current.get()).isSameAs(thing);
      refused(stale::close, "this lease has ended already");
      assertThatThrownBy(stale::get).hasMessage("this lease has ended already");
      assertThat(current.get()).isSameAs(thing);
      assertThat(take()).isNotSameAs(thing);
    }

    Thing again = take();
    assertThat(again).isSameAs(thing);
    refused(stale::close, "this lease has ended already");
    refused(stale::discard, "this lease has ended already");
    pool.put(again);
  }

  @Test
  void aLatePutIsRefusedWhileALeaseHasTheObject() {
    Thing thing = take();
    pool.put(thing);
    try (Lease<Thing> lease = pool.lease()) {
      assertThat(lease.get()).isSameAs(thing);
      refused(() -> pool.put(thing), "this object is leased, and returned by its lease");
    }
  }

  @Test
  void aLatePutEndsTheTakingOfAnotherWhoUsedGet() {
    Thing thing = take();
    pool.put(thing);
    Thing ofAnother = take();
    assertThat(ofAnother).isSameAs(thing);

    pool.put(thing); // the pool cannot know who calls
    refused(() -> pool.put(ofAnother), "this object was returned already");
  }

  @Test
  void aLeaseCanBeDiscardedWithinItsStatement() {
    Thing broken;
    try (Lease<Thing> lease = pool.lease()) {
      broken = lease.get();
      lease.discard();
      assertThatThrownBy(lease::get).hasMessage("this lease has ended already");
    }
    assertThat(pool.stats()).isEqualTo(new PoolStats(1, 1, 1, 1, 0, 0, 0, 0, 0));
    assertThat(take()).isNotSameAs(broken);
  }

  @Test
  void anotherThreadMayReturnWhatWasTaken() {
    Thing thing = take();
    Lease<Thing> lease = pool.lease();
    CompletableFuture.runAsync(
            () -> {
              pool.put(thing);
              lease.close();
            })
        .join();
    assertThat(pool.stats().idle()).isEqualTo(2);
  }
}
