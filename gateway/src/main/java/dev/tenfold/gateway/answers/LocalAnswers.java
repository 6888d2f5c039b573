package dev.tenfold.gateway.answers;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tenfold.gateway.chain.ChainFacts;
import dev.tenfold.gateway.evm.Keccak;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the methods of {@link dev.tenfold.gateway.evm.MethodClass#LOCAL} without a node, from
 * what was learnt. Parameters that such a method does not have are ignored, as nodes do.
 *
 * <p>Thread-safe. Replies are made anew only when what they say has changed.
 */
final class LocalAnswers {
  private static final Future<RpcReply> TRUE = reply("true");
  private static final Future<RpcReply> FALSE = reply("false");
  private static final Future<RpcReply> ZERO = reply("\"0x0\"");
  private static final Future<RpcReply> NO_ACCOUNTS = reply("[]");

  private final Supplier<ChainFacts> facts;

  // Both are immutable and replaced as a whole; a thread that sees an older one makes its own.
  private Learnt learnt = new Learnt(ChainFacts.NONE);
  private Head head = new Head(Snapshot.UNKNOWN, NO_ACCOUNTS);

  LocalAnswers(Supplier<ChainFacts> facts) {
    this.facts = facts;
  }

  /** The reply, complete; null if what it would say is not known, so that a node is to be asked. */
  @Nullable Future<RpcReply> answer(RpcRequest request) {
    return switch (request.method().name()) {
      case "eth_blockNumber" -> blockNumber(request.snapshot());
      case "eth_chainId" -> learnt().chainId;
      case "net_version" -> learnt().networkId;
      case "web3_clientVersion" -> learnt().clientVersion;
      case "eth_accounts" -> facts.get().development() ? null : NO_ACCOUNTS;
      case "eth_syncing" -> facts.get().ready() ? FALSE : null;
      case "net_listening" -> TRUE;
      case "eth_mining" -> FALSE;
      case "eth_hashrate" -> ZERO;
      case "web3_sha3" -> sha3(request);
      default -> null;
    };
  }

  /** Why a method of this class had to go to a node. */
  static MissReason whyNot(Method method) {
    return method.name().equals("eth_accounts") ? MissReason.NEVER_KEPT : MissReason.NOT_READY;
  }

  private @Nullable Future<RpcReply> blockNumber(Snapshot snapshot) {
    long number = snapshot.head();
    if (number == Snapshot.UNKNOWN) {
      return null;
    }
    Head known = head;
    if (known.number != number) {
      known = new Head(number, reply(quoted("0x" + Long.toHexString(number))));
      head = known;
    }
    return known.reply;
  }

  private Learnt learnt() {
    ChainFacts now = facts.get();
    Learnt known = learnt;
    if (!known.facts.equals(now)) {
      known = new Learnt(now);
      learnt = known;
    }
    return known;
  }

  private static Future<RpcReply> sha3(RpcRequest request) {
    byte[] data = bytes(request);
    if (data == null) {
      String message = "invalid params: web3_sha3 takes one string of 0x and pairs of hex digits";
      return Future.succeededFuture(Failure.INVALID_PARAMS.reply(message));
    }
    return reply(quoted("0x" + HexFormat.of().formatHex(Keccak.hash(data))));
  }

  private static byte @Nullable [] bytes(RpcRequest request) {
    byte[] json = request.json();
    int at =
        request.hasParams()
            ? JsonSpans.element(json, request.paramsFrom(), request.paramsTo(), 0)
            : -1;
    if (at < 0 || !JsonSpans.isString(json, at)) {
      return null;
    }
    String text = JsonSpans.string(json, at, JsonSpans.valueEnd(json, at, request.paramsTo()));
    if (!text.startsWith("0x")) {
      return null;
    }
    try {
      return HexFormat.of().parseHex(text, 2, text.length());
    } catch (IllegalArgumentException notHex) {
      return null;
    }
  }

  private static Future<RpcReply> reply(String json) {
    return reply(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Future<RpcReply> reply(byte[] json) {
    return Future.succeededFuture(new Result(json, CacheStatus.HIT, Snapshot.UNKNOWN));
  }

  private static String quoted(String plain) {
    return '"' + plain + '"';
  }

  private record Head(long number, Future<RpcReply> reply) {}

  /** The replies that follow from what was learnt; null where it was not. */
  private static final class Learnt {
    final ChainFacts facts;
    final @Nullable Future<RpcReply> chainId;
    final @Nullable Future<RpcReply> networkId;
    final @Nullable Future<RpcReply> clientVersion;

    Learnt(ChainFacts facts) {
      this.facts = facts;
      long id = facts.chainId();
      chainId = id == ChainFacts.UNKNOWN_ID ? null : reply(quoted("0x" + Long.toHexString(id)));
      networkId = text(facts.networkId());
      clientVersion = text(facts.clientVersion());
    }

    private static @Nullable Future<RpcReply> text(String learnt) {
      if (learnt.isEmpty()) {
        return null;
      }
      return reply(quoted(new String(JsonStringEncoder.getInstance().quoteAsString(learnt))));
    }
  }
}
