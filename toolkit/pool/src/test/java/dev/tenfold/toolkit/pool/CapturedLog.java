package dev.tenfold.toolkit.pool;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the pool logs while this is open; it is kept from the console. */
final class CapturedLog extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.tenfold.toolkit.pool");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private volatile @Nullable Error failure;

  CapturedLog() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  void failWith(Error error) {
    failure = error;
  }

  List<String> messages() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  List<Throwable> causes() {
    return records.stream().map(LogRecord::getThrown).toList();
  }

  @Override
  public void publish(LogRecord logRecord) {
    Error error = failure;
    if (error != null) {
      throw error;
    }
    records.add(logRecord);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
