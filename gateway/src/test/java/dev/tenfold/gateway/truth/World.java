package dev.tenfold.gateway.truth;

import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.gateway.truth.Oracle.Reply;
import dev.tenfold.gateway.truth.Oracle.Verdict;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A gateway without sockets in front of simulated nodes, and all that happens to them, step by
 * step: what follows from one seed is the same each time.
 */
final class World {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST_HOLD_UP = Duration.ofSeconds(2);
  private static final int LAST_STEPS = 12;
  private static final int MOST_SHOWN = 400;

  private final Setting setting;
  private final long seed;
  private final Random random;
  private final Nodes nodes;
  private final HandClock clock = new HandClock();
  private final Stack stack;
  private final LiveChain live;
  private final Oracle oracle;
  private final Questions questions;
  private final Score score = new Score();
  private final Deque<String> lastSteps = new ArrayDeque<>();
  private int step;
  private int underWay;

  /** A world in which the gateway has just started. */
  World(Setting setting, long seed, Fault fault) {
    this.setting = setting;
    this.seed = seed;
    this.random = new Random(seed);
    this.nodes = new Nodes(setting, seed, random);
    this.stack = new Stack(nodes.all(), setting, fault, clock, random);
    this.live = new LiveChain(nodes::heads, stack.snapshots());
    this.oracle =
        new Oracle(
            nodes.beside(setting.ofAllKnowing(seed)),
            nodes.beside(setting.ofForgetful(seed)),
            live,
            setting);
    this.clock.afterEach(live::look);
    this.stack.whenTaken(live::lookAtSnapshot);
    this.questions = new Questions(templates(fault), nodes.landmarks(), stack.snapshots(), random);
  }

  private static List<QueryTemplate> templates(Fault fault) {
    return QueryTemplate.all().stream()
        .filter(template -> fault.showsIn().contains(template.kind()))
        .toList();
  }

  /** Lets things happen until so many calls were judged, or one was answered wrongly. */
  Score run(int calls) {
    while (score.calls() < calls && score.firstWrong() == null) {
      step++;
      happen(random.nextInt(1000));
      live.look();
    }
    settle();
    return score;
  }

  private void happen(int what) {
    if (what < 640) {
      note("ask");
      ask(1);
    } else if (what < 690) {
      note("ask in a batch");
      ask(2 + random.nextInt(5));
    } else if (what < 790) {
      note("mine");
      nodes.mine();
    } else if (what < 900) {
      Duration time = Duration.ofMillis(50 + random.nextInt(1200));
      note("pass " + time);
      pass(time);
    } else if (what < 955) {
      note("the network moves");
      stack.links().forEach(Link::step);
    } else {
      upset(what - 955);
    }
  }

  private void upset(int what) {
    if (what < 20) {
      note("reorganise");
      nodes.reorganise();
    } else if (what < 26) {
      note("go back to an orphan");
      nodes.goBack();
    } else if (what < 31) {
      note("rewind");
      nodes.rewind();
    } else if (what < 43) {
      note("move apart or together");
      nodes.moveApartOrTogether();
    } else if (what == 43) {
      note("reset");
      nodes.reset();
    }
  }

  private void pass(Duration time) {
    deliver(random.nextInt(3) == 0 ? Duration.ZERO : LONGEST_HOLD_UP);
    holdUp(5);
    clock.pass(time);
    holdUp(0);
  }

  private void deliver(Duration age) {
    stack.links().forEach(link -> link.deliver(age));
  }

  private void holdUp(int ofHundred) {
    stack.links().forEach(link -> link.holdUp(ofHundred));
  }

  /** One request with so many calls. */
  private void ask(int calls) {
    stack.arrive();
    live.look();
    Snapshot snapshot = stack.snapshots().get();
    Caller caller = new Caller();
    if (calls > 1) {
      caller.sendsBatch();
    }
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      queries.add(questions.next());
    }
    Arrival arrival = new Arrival(snapshot, caller, live.moment(), live.publication(), calls > 1);
    holdUp(random.nextInt(6) == 0 ? 60 : 0);
    for (Query query : queries) {
      ask(query, arrival);
      if (calls > 1 && random.nextInt(12) == 0) {
        note("reorganise between two calls of a batch");
        nodes.reorganise();
        live.look();
      }
    }
    holdUp(0);
  }

  /** A request: who asks, and what was so when it came. */
  private record Arrival(
      Snapshot snapshot, Caller caller, int moment, int publication, boolean batch) {}

  private void ask(Query query, Arrival arrival) {
    Snapshot snapshot = arrival.snapshot();
    int askedAt = step;
    byte[] params = Spelling.of(query.params(), random).strip().getBytes(StandardCharsets.UTF_8);
    RpcRequest request =
        new RpcRequest(
            Methods.named(query.method()),
            params,
            0,
            params.length,
            snapshot,
            arrival.caller(),
            clock.getAsLong() + PATIENCE.toNanos());
    Future<RpcReply> reply = stack.handler().handle(request);
    underWay++;
    reply.onComplete(
        done -> {
          underWay--;
          live.look();
          boolean shared = done.result().cacheStatus().isCollapsed();
          int sinceHead = shared ? live.firstMomentOfHead(snapshot) : arrival.moment();
          int since = shared ? live.firstMomentOfFork(snapshot) : arrival.moment();
          live.beside(LiveChain.hashOfHead(snapshot)).addAll(live.since(sinceHead));
          Reply said = said(done.result(), arrival.batch());
          Verdict verdict = oracle.judge(query, snapshot, since, arrival.publication(), said);
          score.add(query, verdict, said.hit());
          if (verdict == Verdict.WRONG) {
            score.wrong(report(query, snapshot, said, askedAt));
          }
        });
  }

  private static Reply said(RpcReply reply, boolean batch) {
    boolean hit = reply.cacheStatus().isHit();
    return switch (reply) {
      case RpcReply.Result result -> new Reply(text(result.json()), false, hit, batch);
      case RpcReply.Streamed large -> throw new AssertionError("no answer here is large: " + large);
      case RpcReply.RpcError error ->
          new Reply(text(error.json()), !error.failure().isAnswer(), hit, batch);
    };
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private String report(Query query, Snapshot snapshot, Reply said, int askedAt) {
    return "seed %d, %s, asked in step %d, answered in step %d, at head %d, generation %d%n%s%nsaid: %s %s%ntrue: %s%nlast steps: %s"
        .formatted(
            seed,
            setting,
            askedAt,
            step,
            snapshot.head(),
            snapshot.generation(),
            query,
            said.hit() ? "(hit)" : "",
            shortened(said.text()),
            shortened(String.valueOf(oracle.exact(query, snapshot))),
            lastSteps);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  /** All that is under way arrives. */
  private void settle() {
    for (int i = 0; i < 1_000 && underWay > 0; i++) {
      deliver(Duration.ZERO);
      clock.pass(Duration.ofMillis(100));
    }
    if (underWay > 0) {
      score.wrong(underWay + " calls were never answered; seed " + seed + ", " + setting);
    }
  }

  private void note(String what) {
    lastSteps.add(step + ": " + what);
    if (lastSteps.size() > LAST_STEPS) {
      lastSteps.removeFirst();
    }
  }
}
