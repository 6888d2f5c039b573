package consumer.profiling;

import dev.tenfold.toolkit.profiling.Profiling;
import dev.tenfold.toolkit.profiling.ProfilingResponse;

final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    try (Profiling profiling = Profiling.open()) {
      ProfilingResponse heap = profiling.respond(Profiling.PATH + "heap", null).join();
      System.out.printf(
          "profiling in %s: heap %d %s%n",
          Profiling.class.getModule(), heap.status(), heap.headers().get("Content-Type"));
    }
  }
}
