package dev.tenfold.gateway.rpc;

/**
 * Why a call went to a node: the closed list behind {@code detail} in {@code Cache-Status} and the
 * label {@code reason} of the metric. {@code docs/caching.md} explains each.
 */
public enum MissReason {
  COLD("cold", "Nobody had asked yet; the answer is kept now."),
  NOT_FINAL("not-final", "The answer is kept only once its block is final, and it is not yet."),
  PENDING("pending", "The call names the pending or the earliest block; neither is ever kept."),
  NEVER_KEPT("never-kept", "The method sends, or reads what is not of the chain."),
  FILTER("filter", "Filters live on the node that made them."),
  UNKNOWN_METHOD(
      "unknown-method", "No table names the method, so nothing is known of its answers."),
  BAD_PARAMS("bad-params", "The parameters are not of the method's form; the node is to say so."),
  DUPLICATE_MEMBER(
      "duplicate-member",
      "An object in the parameters has a member twice, whatever the case of its name."),
  BLOCK_UNKNOWN("block-unknown", "The answer's block is not established."),
  ABOVE_HEAD("above-head", "The block is above the newest one that is known here."),
  REORG("reorg", "Blocks left the chain while the call was under way."),
  NULL_RESULT("null", "The answer was null, which the next block may change."),
  ERROR("error", "The answer was an error."),
  TOO_LARGE("too-large", "The answer is larger than what is kept in memory."),
  RESET("reset", "The chain was reset while the call was under way."),
  NOT_READY("not-ready", "What would be answered here has not been learnt from a node yet.");

  private final String token;
  private final String explanation;

  MissReason(String token, String explanation) {
    this.token = token;
    this.explanation = explanation;
  }

  /** As it stands in {@code Cache-Status} and in metrics. */
  public String token() {
    return token;
  }

  /** One sentence for operators. */
  public String explanation() {
    return explanation;
  }
}
