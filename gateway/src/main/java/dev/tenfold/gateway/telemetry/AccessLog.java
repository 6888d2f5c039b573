package dev.tenfold.gateway.telemetry;

/**
 * Where each call leaves one line. Never blocks the event loop that writes.
 *
 * <p>Implementations are thread-safe.
 */
public interface AccessLog extends AutoCloseable {
  /** Nothing is written, and nothing should be spent on entries. */
  AccessLog OFF =
      new AccessLog() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public void write(AccessEntry entry) {}

        @Override
        public long dropped() {
          return 0;
        }

        @Override
        public void close() {}
      };

  /** False where entries need not be made. */
  boolean isOn();

  /** Takes the entry, or drops it, and counts that, where the writer cannot keep up. */
  void write(AccessEntry entry);

  /** How many entries were dropped so far. */
  long dropped();

  /** Writes what was taken, and ends. */
  @Override
  void close();
}
