package dev.tenfold.gateway.rpc;

/**
 * How a call ended. The bytes are valid JSON, shared, and never written to; those of a node are as
 * the node sent them.
 */
public sealed interface RpcReply {

  /** What the cache had to do with it. */
  CacheStatus cacheStatus();

  /** The same ending, with another word about the cache. */
  RpcReply with(CacheStatus status);

  /**
   * The call succeeded.
   *
   * @param json the value of {@code result}
   * @param cacheStatus what the cache had to do with it
   * @param nodeFinalized the newest block that the answering node called final when it answered, or
   *     {@link Snapshot#UNKNOWN}
   * @param byHash true if the node was asked by the hash of {@link AskedBlock#block}, in place of
   *     its number
   */
  record Result(byte[] json, CacheStatus cacheStatus, long nodeFinalized, boolean byHash)
      implements RpcReply {

    /** A result to the call as it came in. */
    public Result(byte[] json, CacheStatus cacheStatus, long nodeFinalized) {
      this(json, cacheStatus, nodeFinalized, false);
    }

    @Override
    public Result with(CacheStatus status) {
      return new Result(json, status, nodeFinalized, byHash);
    }
  }

  /**
   * The call succeeded with a result that is too large to be held: its beginning has come and was
   * right, so no other node is asked, and nothing of it is kept or shared. That it came whole is
   * known at its end.
   *
   * @param result has one owner: who is handed this reply last, and has to read or cancel it
   * @param cacheStatus what the cache had to do with it
   */
  record Streamed(ResultStream result, CacheStatus cacheStatus) implements RpcReply {
    @Override
    public Streamed with(CacheStatus status) {
      return new Streamed(result, status);
    }
  }

  /**
   * The call failed.
   *
   * @param json the value of {@code error}, an object
   * @param failure the row of the failure table that says what it means
   * @param cacheStatus what the cache had to do with it
   * @param retryAfterSeconds what to say in {@code Retry-After}; 0 for nothing
   * @param nodeFinalized as in {@link Result}; matters for reverts, which are kept as results are
   * @param byHash as in {@link Result}
   */
  record RpcError(
      byte[] json,
      Failure failure,
      CacheStatus cacheStatus,
      int retryAfterSeconds,
      long nodeFinalized,
      boolean byHash)
      implements RpcReply {

    /** An error that is never kept. */
    public RpcError(byte[] json, Failure failure, CacheStatus cacheStatus, int retryAfterSeconds) {
      this(json, failure, cacheStatus, retryAfterSeconds, Snapshot.UNKNOWN, false);
    }

    /** The same error with another word about when to come again. */
    public RpcError retryAfter(int seconds) {
      return new RpcError(json, failure, cacheStatus, seconds, nodeFinalized, byHash);
    }

    @Override
    public RpcError with(CacheStatus status) {
      return new RpcError(json, failure, status, retryAfterSeconds, nodeFinalized, byHash);
    }
  }
}
