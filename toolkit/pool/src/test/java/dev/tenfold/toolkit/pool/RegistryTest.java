package dev.tenfold.toolkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.pool.Registry.Census;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

  private record Entry(Thing thing, Slot<Thing> slot) {}

  private final ReferenceQueue<Thing> queue = new ReferenceQueue<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void whatWasAddedAndNotRemovedIsFoundByObjectAndById(int parts) {
    var registry = new Registry<Thing>(parts);
    var random = new Random(parts);
    List<Entry> there = new ArrayList<>();
    List<Entry> gone = new ArrayList<>();
    for (int step = 0; step < 5_000; step++) {
      int target = 1 + 400 * (step / 1_000 % 2); // grows, shrinks, and grows again
      if (random.nextInt(target + there.size() + 1) <= target / 2) {
        var thing = new Thing();
        var slot = new Slot<>(thing, queue);
        assertThat(registry.add(slot)).isTrue();
        assertThat(registry.add(new Slot<>(thing, queue))).isFalse();
        there.add(new Entry(thing, slot));
      } else if (!there.isEmpty()) {
        Entry entry = there.remove(random.nextInt(there.size()));
        entry.slot.letGo();
        registry.remove(entry.slot, false);
        gone.add(entry);
      }
      if (step % 250 == 0) {
        check(registry, there, gone);
      }
    }
    check(registry, there, gone);
  }

  private static void check(Registry<Thing> registry, List<Entry> there, List<Entry> gone) {
    Set<Integer> ids = new HashSet<>();
    for (Entry entry : there) {
      assertThat(registry.find(entry.thing)).isSameAs(entry.slot);
      assertThat(registry.withId(entry.slot.id)).isSameAs(entry.slot);
      assertThat(ids.add(entry.slot.id)).isTrue();
    }
    for (Entry entry : gone) {
      assertThat(registry.find(entry.thing)).isNull();
      assertThat(registry.withId(entry.slot.id)).isNotSameAs(entry.slot);
    }
    assertThat(registry.census())
        .isEqualTo(new Census(there.size() + gone.size(), gone.size(), 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void idsAreUsedAgain(int parts) {
    var registry = new Registry<Thing>(parts);
    for (int i = 0; i < 10_000; i++) {
      var slot = new Slot<>(new Thing(), queue);
      assertThat(registry.add(slot)).isTrue();
      assertThat(slot.id).isBetween(1, parts);
      slot.letGo();
      registry.remove(slot, false);
    }
  }
}
