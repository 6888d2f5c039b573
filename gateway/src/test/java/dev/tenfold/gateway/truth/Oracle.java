package dev.tenfold.gateway.truth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.gateway.truth.Query.Kind;
import dev.tenfold.simnode.SimNode;
import dev.tenfold.simnode.SimView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows the right answers: what the simulated node answers with the head of the caller's snapshot
 * as its head. Where the gateway may pass a call on as it is, what a node says at that moment is
 * right too; never so for a hit.
 */
final class Oracle {
  private final SimNode node;
  private final SimNode forgetful;
  private final LiveChain live;
  private final Set<String> numbersOnly;
  private final boolean forks;
  private final Map<String, SimView> views = new HashMap<>();

  /** What an answer is worth. */
  enum Verdict {
    /** It is what the caller's chain says. */
    TRUE,
    /** The call was passed on, and it is what a node says. */
    PASSED_ON,
    /** No answer, and the nodes did not have the caller's chain. */
    NO_ANSWER,
    WRONG
  }

  /**
   * One reply.
   *
   * @param text the result or the error, as JSON
   * @param ours true if it is an error of the gateway's own
   * @param hit true if it came from memory
   * @param batch true if other calls had to see the same chain
   */
  record Reply(String text, boolean ours, boolean hit, boolean batch) {}

  /**
   * An oracle of the chains of a node.
   *
   * @param node knows every block that ever was
   * @param forgetful shows the same chains, and knows no orphans
   * @param setting what the nodes are like
   */
  Oracle(SimNode node, SimNode forgetful, LiveChain live, Setting setting) {
    this.node = node;
    this.forgetful = forgetful;
    this.live = live;
    this.numbersOnly = setting.numbersOnly();
    this.forks = setting.forks();
  }

  /**
   * Judges a reply.
   *
   * @param snapshot the caller's
   * @param moment when it was asked
   * @param publication what was the last to be published then
   */
  Verdict judge(Query query, Snapshot snapshot, int moment, int publication, Reply reply) {
    if (reply.text().equals(exact(query, snapshot))) {
      return Verdict.TRUE;
    }
    boolean moved = !reply.batch() && isOfALaterChain(query, publication, reply);
    if (moved) {
      return Verdict.TRUE;
    }
    Set<String> heads = live.since(moment);
    if (reply.hit()) {
      boolean right =
          isKeptRightly(query, snapshot, reply)
              || (!reply.batch()
                  && live.publishedSince(publication).stream()
                      .anyMatch(later -> isKeptRightly(query, later, reply)));
      return right ? Verdict.TRUE : ofOneUnawareOfAReset(query, snapshot, reply);
    }
    if (reply.ours()) {
      boolean inStep = heads.equals(Set.of(LiveChain.hashOfHead(snapshot)));
      return inStep ? Verdict.WRONG : Verdict.NO_ANSWER;
    }
    if (isStillPinned(query, snapshot, publication, reply)
        || isOfADroppedBlock(query, snapshot, publication, heads, reply)) {
      return Verdict.WRONG;
    }
    List<Snapshot> believed = new ArrayList<>(List.of(snapshot));
    if (!reply.batch()) {
      believed.addAll(live.publishedSince(publication));
    }
    return isPassedOn(query, believed, heads, reply) ? Verdict.PASSED_ON : Verdict.WRONG;
  }

  /** What the chain of the snapshot says; null where it has no such block. */
  @Nullable String exact(Query query, Snapshot snapshot) {
    JsonNode params = atSnapshot(query, snapshot);
    return params == null
        ? null
        : Json.outcome(view(LiveChain.hashOfHead(snapshot)), query.method(), params);
  }

  /** A hit that is not what the caller's chain says: the head's figures, or a block by its hash. */
  private boolean isKeptRightly(Query query, Snapshot snapshot, Reply reply) {
    if (query.kind() == Kind.HEAD) {
      Set<String> heads = live.beside(LiveChain.hashOfHead(snapshot));
      return isPassedOn(query, live.publishedWithHeadOf(snapshot), heads, reply);
    }
    return isContentOfHash(query, reply);
  }

  /**
   * A chain that was reset, which the gateway cannot know before it has looked: until then it may
   * keep what is as final as the blocks of the old chain were.
   */
  private Verdict ofOneUnawareOfAReset(Query query, Snapshot snapshot, Reply reply) {
    String own = genesis(LiveChain.hashOfHead(snapshot));
    Set<String> heads = live.since(live.firstMomentOfFork(snapshot));
    boolean unaware =
        live.now().stream().noneMatch(head -> genesis(head).equals(own))
            && isPassedOn(query, List.of(snapshot), heads, reply);
    return unaware ? Verdict.PASSED_ON : Verdict.WRONG;
  }

  private String genesis(String head) {
    return Json.outcome(view(head), "eth_getBlockByNumber", Json.array("0x0"));
  }

  private boolean isContentOfHash(Query query, Reply reply) {
    for (JsonNode block : query.named()) {
      String hash = hash(block);
      if (hash != null && isKnown(hash)) {
        return reply.text().equals(Json.outcome(view(hash), query.method(), query.params()));
      }
    }
    return false;
  }

  private boolean isOfALaterChain(Query query, int publication, Reply reply) {
    return live.publishedSince(publication).stream()
        .anyMatch(later -> reply.text().equals(exact(query, later)));
  }

  /** A single call may be put anew to a later chain, which need not have the block. */
  private boolean isStillPinned(Query query, Snapshot snapshot, int publication, Reply reply) {
    return isPinned(query, snapshot)
        && (reply.batch()
            || live.publishedSince(publication).stream().allMatch(later -> isPinned(query, later)));
  }

  /** True if the answer has to be about the very block that the caller's chain has there. */
  private boolean isPinned(Query query, Snapshot snapshot) {
    boolean ofOneBlock = query.kind() == Kind.PINNED || query.kind() == Kind.HASHED;
    if (!ofOneBlock || numbersOnly.contains(query.method())) {
      return false;
    }
    if (query.named().isEmpty()) {
      return true;
    }
    return query.named().stream().allMatch(block -> isInWindow(block, snapshot));
  }

  private static boolean isInWindow(JsonNode block, Snapshot snapshot) {
    String hash = hash(block);
    if (hash != null) {
      byte[] quoted = ('"' + hash + '"').getBytes(StandardCharsets.US_ASCII);
      BlockHash parsed = BlockHash.parse(quoted, 0, quoted.length);
      return parsed != null && snapshot.block(parsed) != null;
    }
    JsonNode number = number(block, snapshot);
    return number != null
        && number.asText().startsWith("0x")
        && snapshot.block(Long.decode(number.asText())) != null;
  }

  /**
   * A transaction in a block that callers were told has left the chain; unless the node went back
   * to it. Where nodes are on two forks, the one that is not followed is no excuse while another
   * has the one that is.
   */
  private boolean isOfADroppedBlock(
      Query query, Snapshot snapshot, int publication, Set<String> heads, Reply reply) {
    if (query.kind() != Kind.TRANSACTION) {
      return false;
    }
    JsonNode answer = Json.parse(reply.text());
    JsonNode named = answer.isArray() ? answer.path(0) : answer;
    String hash = named.path("blockHash").asText("");
    if (hash.isEmpty() || !live.wasPublished(hash)) {
      return false;
    }
    long number = Long.decode(view(hash).call("eth_blockNumber", Json.array()).asText());
    BlockHeader there = snapshot.block(number);
    boolean dropped = there != null && !there.hash().toString().equals(hash);
    return dropped
        && !isOfANewerChain(hash, snapshot, heads)
        && live.publishedSince(publication).stream()
            .map(later -> later.block(number))
            .noneMatch(block -> block != null && block.hash().toString().equals(hash));
  }

  private boolean isOfANewerChain(String hash, Snapshot snapshot, Set<String> heads) {
    if (!forks) {
      return heads.stream().anyMatch(head -> isInChain(hash, head));
    }
    String own = LiveChain.hashOfHead(snapshot);
    Set<String> now = live.now();
    return now.stream().allMatch(head -> isInChain(hash, head))
        || now.stream().noneMatch(head -> isInChain(own, head));
  }

  private boolean isInChain(String hash, String head) {
    JsonNode block = forgetful.viewAt(head).call("eth_getBlockByHash", Json.array(hash));
    return !block.isNull();
  }

  private boolean isPassedOn(Query query, List<Snapshot> believed, Set<String> heads, Reply reply) {
    Set<JsonNode> forms = new LinkedHashSet<>();
    forms.add(query.params());
    for (Snapshot snapshot : believed) {
      forms.add(query.withLeftOut(Json.quantity(snapshot.head())));
      JsonNode atSnapshot = atSnapshot(query, snapshot);
      if (atSnapshot != null) {
        forms.add(atSnapshot);
      }
    }
    for (String head : heads) {
      for (JsonNode params : forms) {
        if (isSaidBy(view(head), query.method(), params, reply)
            || isSaidBy(forgetful.viewAt(head), query.method(), params, reply)) {
          return true;
        }
      }
    }
    return isContentOfHash(query, reply);
  }

  private static boolean isSaidBy(SimView view, String method, JsonNode params, Reply reply) {
    return reply.text().equals(Json.outcome(view, method, params));
  }

  private SimView view(String head) {
    return views.computeIfAbsent(head, node::viewAt);
  }

  private boolean isKnown(String hash) {
    try {
      view(hash);
      return true;
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  /** The parameters with numbers in place of tags; null if the snapshot knows no such block. */
  private static @Nullable JsonNode atSnapshot(Query query, Snapshot snapshot) {
    if (query.named().stream().anyMatch(block -> number(block, snapshot) == null)) {
      return null;
    }
    return query.params(block -> Objects.requireNonNull(number(block, snapshot)));
  }

  private static @Nullable JsonNode number(JsonNode block, Snapshot snapshot) {
    if (block.isObject()) {
      return block.has("blockNumber") ? number(block.path("blockNumber"), snapshot) : block;
    }
    return switch (block.asText()) {
      case "latest" -> Json.quantity(snapshot.head());
      case "finalized" -> ofTag(snapshot.finalizedBlock());
      case "safe" -> ofTag(snapshot.safeBlock());
      default -> block;
    };
  }

  private static @Nullable JsonNode ofTag(@Nullable BlockHeader block) {
    return block == null ? null : Json.quantity(block.number());
  }

  private static @Nullable String hash(JsonNode block) {
    JsonNode text = block.isObject() ? block.path("blockHash") : block;
    return text.asText().length() == 66 ? text.asText() : null;
  }
}
