package dev.tenfold.demo.steps;

import dev.tenfold.toolkit.workers.WorkerPool;
import java.net.URI;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * What the backend is made of at a step. Read from top to bottom it is the list of the steps.
 *
 * @param buffers for what comes in
 * @param node the way to the node
 * @param formats JSON for each request
 * @param chain what is known of the chain
 * @param users those who ask
 * @param visits who was here
 */
record Parts(
    Buffers buffers,
    NodeClient node,
    Supplier<Format> formats,
    Chain chain,
    Users users,
    Visits visits)
    implements AutoCloseable {

  /** The parts of a step. They do not own the database. */
  static Parts of(Step step, URI nodeUrl, Database database) throws SQLException {
    Buffers buffers = step.has(Step.OBJECT_POOL) ? Buffers.pooled() : Buffers.fresh();
    NodeClient node =
        step.has(Step.CLIENT_POOL)
            ? new KeptConnections(nodeUrl)
            : new ConnectionPerCall(nodeUrl, buffers);
    Supplier<Format> formats = step.has(Step.JSON) ? shared(new RecordFormat()) : TreeFormat::new;
    Chain asked = Chain.of(node);
    Chain chain = step.has(Step.CACHE) ? new RememberedChain(asked, System::nanoTime) : asked;
    boolean better = step.has(Step.DATABASE);
    Users users = better ? new RememberedUsers(database.reads()) : Users.of(database.reads());
    Visits visits =
        better
            ? new BatchedVisits(database.writes(), workers())
            : Visits.of(database.writes(), background(step));
    return new Parts(buffers, node, formats, chain, users, visits);
  }

  private static Background background(Step step) {
    return step.has(Step.WORKER_POOL) ? Background.workers(workers()) : Background.threads();
  }

  private static WorkerPool workers() {
    return WorkerPool.builder().name("visits").workers(2).start();
  }

  private static Supplier<Format> shared(Format format) {
    return () -> format;
  }

  @Override
  public void close() {
    visits.close();
    node.close();
    buffers.close();
  }
}
