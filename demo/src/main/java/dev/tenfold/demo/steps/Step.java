package dev.tenfold.demo.steps;

/** How far the backend has come. Each step has all that those before it have. */
public enum Step {
  /** As one writes it on a first day. */
  NAIVE(
      "naive",
      "for each request new 64 KiB buffers, a connection to the node, an ObjectMapper and trees, a"
          + " thread that notes it down, two statements; no cache"),
  /** Row 2 of the reference. */
  OBJECT_POOL("+ object pool", "buffers come from a pool (toolkit/pool)"),
  /** Row 3. */
  CLIENT_POOL("+ client pool", "connections to the node are kept (toolkit/httpclient)"),
  /** Row 4. */
  JSON("+ JSON", "one reader and writer for all, records in place of trees (toolkit/json)"),
  /** Row 5. */
  WORKER_POOL(
      "+ worker pool", "two workers and a queue in place of a thread a request (toolkit/workers)"),
  /** Row 6. */
  CACHE(
      "+ cache",
      "what the node said is kept, a balance for 1 s, and equal questions share a call"
          + " (toolkit/cache)"),
  /** Row 7. */
  DATABASE(
      "+ database",
      "users through the cache, statements prepared once, notes written in batches"
          + " (toolkit/batching)");

  private final String title;
  private final String change;

  Step(String title, String change) {
    this.title = title;
    this.change = change;
  }

  /** What it is called in a table. */
  public String title() {
    return title;
  }

  /** What it changes against the step before, in a phrase. */
  public String change() {
    return change;
  }

  /** Whether it has what another step brings. */
  boolean has(Step improvement) {
    return compareTo(improvement) >= 0;
  }
}
