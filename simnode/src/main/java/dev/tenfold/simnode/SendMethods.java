package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Map;

/** Takes in signed transactions. */
final class SendMethods {
  private final SimulatedChain chain;

  private SendMethods(SimulatedChain chain) {
    this.chain = chain;
  }

  static void register(Map<String, MethodHandler> methods, SimulatedChain chain) {
    SendMethods send = new SendMethods(chain);
    methods.put("eth_sendRawTransaction", (view, params) -> send.send(params));
  }

  private JsonNode send(Params params) {
    Transaction transaction =
        SignedTransactions.decode(Hex.bytes(Params.parseData(params.text(0), -1, 0)));
    synchronized (this) {
      check(transaction, chain.snapshot());
      chain.accept(transaction);
    }
    return BlockJson.text(transaction.hash());
  }

  private static void check(Transaction transaction, ChainSnapshot now) {
    TransactionFields fields = transaction.fields();
    if (fields.chainId() != now.options().chainId()) {
      throw RpcFailure.server(
          "invalid chain id for signer: have "
              + fields.chainId()
              + " want "
              + now.options().chainId());
    }
    if (now.pending(transaction.hash()) != null) {
      throw RpcFailure.server("already known");
    }
    long next = StateMethods.nonce(now, transaction.from(), now.head());
    if (fields.nonce() < next) {
      throw RpcFailure.server("nonce too low: next nonce " + next + ", tx nonce " + fields.nonce());
    }
    int intrinsic = fields.to() == null ? 53_000 : 21_000;
    if (fields.gas() < intrinsic) {
      throw RpcFailure.server(
          "intrinsic gas too low: have " + fields.gas() + ", want " + intrinsic);
    }
    if (fields.maxTip().compareTo(fields.maxFee()) > 0) {
      throw RpcFailure.server("max priority fee per gas higher than max fee per gas");
    }
    for (Transaction other : now.pool()) {
      if (SimulatedChain.sameSlot(other, transaction) && !outbids(fields, other.fields())) {
        throw RpcFailure.server("replacement transaction underpriced");
      }
    }
  }

  /** A replacement has to pay a tenth more. */
  private static boolean outbids(TransactionFields fields, TransactionFields other) {
    BigInteger tenfold = fields.maxFee().multiply(BigInteger.TEN);
    return tenfold.compareTo(other.maxFee().multiply(BigInteger.valueOf(11))) >= 0;
  }
}
