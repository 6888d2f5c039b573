package dev.tenfold.demo.steps;

import dev.tenfold.toolkit.batching.BatchWriter;
import dev.tenfold.toolkit.batching.ItemRefusedException;
import dev.tenfold.toolkit.workers.WorkerPool;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Visits in batches: a transaction for each batch, a statement that is prepared once. */
final class BatchedVisits implements Visits {
  private static final System.Logger LOG = System.getLogger(BatchedVisits.class.getName());
  private static final int SQLITE_BUSY = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Connection connection;
  private final PreparedStatement insert;
  private final WorkerPool workers;
  private final BatchWriter<Visit> writer;

  /**
   * Closes the workers when it is closed.
   *
   * @param connection used by nobody else
   */
  BatchedVisits(Connection connection, WorkerPool workers) throws SQLException {
    this.connection = connection;
    this.workers = workers;
    connection.setAutoCommit(false);
    insert = connection.prepareStatement(Database.VISIT);
    writer =
        BatchWriter.<Visit>builder(this::write)
            .retryable(failure -> failure instanceof SQLException e && isBusy(e))
            .onRejected((visit, cause) -> LOG.log(Level.WARNING, "a visit is lost", cause))
            .executor(workers)
            .build();
  }

  private static boolean isBusy(SQLException e) {
    return e.getErrorCode() == SQLITE_BUSY;
  }

  @Override
  public void note(Visit visit) throws IOException {
    try {
      writer.add(visit, PATIENCE);
    } catch (ItemRefusedException e) {
      throw new IOException("the visit cannot be noted", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** By one thread at a time. */
  private void write(List<Visit> batch) throws SQLException {
    try {
      for (Visit visit : batch) {
        Visits.set(visit, insert);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }

  @Override
  public void close() {
    writer.close();
    workers.close();
  }
}
