package dev.tenfold.simnode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that are in force. The first that fits and whose dice falls is taken. Thread-safe. */
final class FaultPlan {
  private final Dice dice;
  private final List<Fault> faults = new ArrayList<>();

  FaultPlan(long seed) {
    this.dice = new Dice(seed, 0x6661);
  }

  synchronized void add(Fault fault) {
    faults.add(fault);
  }

  synchronized void clear() {
    faults.clear();
  }

  /** What befalls a request that calls these methods. */
  synchronized @Nullable Fault next(List<String> methods) {
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      boolean fits = fault.method() == null || methods.contains(fault.method());
      if (fits && dice.fraction() < fault.probability()) {
        wear(i, fault);
        return fault;
      }
    }
    return null;
  }

  private void wear(int index, Fault fault) {
    if (fault.times() == 1) {
      faults.remove(index);
    } else if (fault.times() < Integer.MAX_VALUE) {
      faults.set(index, fault.times(fault.times() - 1));
    }
  }
}
