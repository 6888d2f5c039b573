package dev.tenfold.toolkit.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.workers.WorkerPool;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of docs/toolkit/batching.md. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BatchingExampleTest {

  private record Usage(String key, byte[] row) {}

  /** Stands for a table: loses its connection at first, and has a row that breaks its rules. */
  private static final class Table {
    final Queue<String> rows = new ConcurrentLinkedQueue<>();
    boolean connected;

    void insertAll(List<Usage> batch) throws SQLException {
      if (!connected) {
        connected = true;
        throw new SQLException("connection reset", "08006");
      }
      if (batch.stream().anyMatch(usage -> usage.key().isEmpty())) {
        throw new BatchUpdateException("null value in column key", "23502", new int[0]);
      }
      batch.forEach(usage -> rows.add(usage.key()));
    }
  }

  private final Table table = new Table();
  private final List<String> problems = new ArrayList<>();
  private final List<Usage> spooled = new ArrayList<>();

  private void report(Usage usage, Throwable cause) {
    problems.add(usage.key() + ": " + cause.getMessage());
  }

  @Test
  void rowsAreWrittenInBatchesThroughAPool() throws InterruptedException {
    // @start region=example
    WorkerPool pool = WorkerPool.builder().name("usage").workers(2).start();
    BatchWriter<Usage> writer =
        BatchWriter.<Usage>builder(table::insertAll) // one transaction: all or nothing
            .retryable(BatchingExampleTest::passesByItself)
            .onRejected(this::report)
            .weigher(usage -> usage.row().length)
            .batchItems(500)
            .maxAge(Duration.ofMillis(50))
            .executor(pool)
            .build();

    writer.add(new Usage("key-1", new byte[100]), Duration.ofSeconds(1));
    writer.add(new Usage("", new byte[100]), Duration.ofSeconds(1));
    writer.add(new Usage("key-2", new byte[100]), Duration.ofSeconds(1));
    writer.flush().join();

    Leftovers<Usage> left = writer.close(Duration.ofSeconds(10));
    spooled.addAll(left.all());
    pool.close();
    // @end region=example

    assertThat(table.rows).containsExactly("key-1", "key-2");
    assertThat(problems).containsExactly(": null value in column key");
    assertThat(spooled).isEmpty();
  }

  // @start region=retryable
  /** Broken connections, rollbacks and lack of resources, by their SQLSTATE class. */
  static boolean passesByItself(Throwable failure) {
    return failure instanceof SQLException sql
        && sql.getSQLState() != null
        && List.of("08", "40", "53", "57").contains(sql.getSQLState().substring(0, 2));
  }

  // @end region=retryable
}
