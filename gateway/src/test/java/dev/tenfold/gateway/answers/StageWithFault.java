package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.answers.Answers.Rules;
import dev.tenfold.gateway.chain.ChainIdentity;
import dev.tenfold.gateway.chain.HeadTracker;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.gateway.truth.Fault;
import dev.tenfold.toolkit.jsonrpc.CanonicalWriter;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The answers stage with one of the faults that it is there to guard against. */
public final class StageWithFault {
  private static final long MEMORY = 64 << 20;
  private static final int LARGEST = 1 << 20;

  private StageWithFault() {}

  /** The stage, on the test's own thread. */
  public static RpcHandler answers(
      RpcHandler next,
      String chain,
      ChainIdentity identity,
      Supplier<Snapshot> snapshots,
      HeadTracker tracker,
      LongSupplier nanos,
      BiConsumer<Duration, Runnable> timer,
      Fault fault) {
    AnsweredChain answered =
        new AnsweredChain(
            chain,
            identity,
            snapshots,
            () -> {
              tracker.suspect();
              return Future.succeededFuture();
            },
            tracker::want);
    Loop loop =
        new Loop() {
          @Override
          public void run(Runnable action) {
            action.run();
          }

          @Override
          public Runnable after(long wait, Runnable action) {
            boolean[] off = {false};
            timer.accept(
                Duration.ofNanos(wait),
                () -> {
                  if (!off[0]) {
                    action.run();
                  }
                });
            return () -> off[0] = true;
          }
        };
    return new Answers(
        next,
        answered,
        new AnswerMemory(MEMORY, LARGEST),
        CacheMetrics.NONE,
        () -> loop,
        nanos,
        new Rules(validity(fault), probes(fault)));
  }

  private static Validity validity(Fault fault) {
    return switch (fault) {
      case NONE, KEY_DROPS_BRACKETS -> new Validity();
      case NO_CHECK_ON_READ -> new Unchecked();
      case ORPHAN_COMES_BACK_TO_LIFE -> new FinalByNumber();
      case ENTRY_BY_NUMBER_ONLY -> new NumberOnly();
      case FLIGHT_KEPT_ACROSS_A_REORG -> new AnyGeneration();
    };
  }

  private static final class Unchecked extends Validity {
    @Override
    boolean isGood(KeptAnswer kept, Snapshot snapshot) {
      return true;
    }
  }

  private static final class FinalByNumber extends Validity {
    @Override
    boolean isGood(KeptAnswer kept, Snapshot snapshot) {
      boolean old = kept.unlessFinal() != null && kept.number() <= snapshot.finalized();
      return old || super.isGood(kept, snapshot);
    }
  }

  private static final class NumberOnly extends Validity {
    @Override
    boolean isGood(KeptAnswer kept, Snapshot snapshot) {
      return kept.unlessFinal() == null || snapshot.block(kept.number()) != null;
    }
  }

  private static final class AnyGeneration extends Validity {
    @Override
    boolean mayBeKept(long generation, Snapshot now) {
      return true;
    }
  }

  private static FastThreadLocal<KeyProbe> probes(Fault fault) {
    return new FastThreadLocal<>() {
      @Override
      protected KeyProbe initialValue() {
        return fault == Fault.KEY_DROPS_BRACKETS ? new WithoutBrackets() : new KeyProbe();
      }
    };
  }

  /** Takes a list of topics at one place for so many places. */
  private static final class WithoutBrackets extends KeyProbe {
    @Override
    boolean write(CanonicalWriter to, RpcRequest request, CallTerms terms) {
      String params = request.paramsText();
      byte[] flat =
          params
              .replaceAll("\\[\\s*\\[([^\\[\\]]*)\\]\\s*\\]", "[$1]")
              .getBytes(StandardCharsets.UTF_8);
      boolean isLogs = request.method().name().equals("eth_getLogs");
      if (!isLogs || !params.contains("topics")) {
        return super.write(to, request, terms);
      }
      RpcRequest flattened = request.with(flat);
      CallTerms read = new CallTerms();
      read.read(flattened);
      return read.writeKey(to, flattened);
    }
  }
}
