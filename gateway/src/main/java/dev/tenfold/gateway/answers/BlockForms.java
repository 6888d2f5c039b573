package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.BlockParameter;
import dev.tenfold.gateway.evm.BlockRange;
import dev.tenfold.gateway.evm.BlockWord;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Method.NearHead;
import dev.tenfold.gateway.rpc.AskedBlock.ByHash;
import dev.tenfold.gateway.rpc.RpcRequest;
import org.jspecify.annotations.Nullable;

/**
 * The two forms in which a call about a block is put to a node: by number, with numbers in place of
 * tags, so that all calls of a batch mean the same block; and by hash, so that the answer is about
 * that block and no other (EIP-1898, the {@code ByHash} twin of a method, {@code blockHash} of
 * {@code eth_getLogs}). Immutable; what they make are copies.
 */
sealed interface BlockForms {
  /** A call that is put as it came in. */
  BlockForms AS_IT_IS = new AsItIs();

  /** The parameters by number, or null if they are so already. */
  byte @Nullable [] byNumber(RpcRequest request);

  /** The call by the hash of that block, or null if it has no such form. */
  @Nullable ByHash byHash(RpcRequest request, BlockHeader block);

  /** A call with a block parameter that is this number, or means it. */
  static BlockForms ofParameter(BlockParameter read, long number) {
    boolean isTag = read.word() != BlockWord.NUMBER;
    return new Parameter(read.from(), read.to(), read.isLeftOutAtEnd(), isTag, number);
  }

  /** A call about a range that goes from one number to another, or means that. */
  static BlockForms ofRange(BlockRange read, long first, long last) {
    boolean isTagged = read.first().moves() || read.last().moves();
    return new Range(read.filterFrom(), read.filterTo(), isTagged, first, last);
  }

  /** Nothing is rewritten. */
  record AsItIs() implements BlockForms {
    @Override
    public byte @Nullable [] byNumber(RpcRequest request) {
      return null;
    }

    @Override
    public @Nullable ByHash byHash(RpcRequest request, BlockHeader block) {
      return null;
    }
  }

  /**
   * A block parameter.
   *
   * @param from where it begins, or {@link BlockParameter#NOWHERE}
   * @param to where it ends
   * @param leftOutAtEnd true if it is to be added behind the others
   * @param isTag true if it is not a number as it stands
   * @param number what it means
   */
  record Parameter(int from, int to, boolean leftOutAtEnd, boolean isTag, long number)
      implements BlockForms {
    @Override
    public byte @Nullable [] byNumber(RpcRequest request) {
      return isTag ? replaced(request, "\"0x" + Long.toHexString(number) + '"') : null;
    }

    @Override
    public @Nullable ByHash byHash(RpcRequest request, BlockHeader block) {
      Method method = request.method();
      if (method.nearHead() != NearHead.BY_HASH && method.nearHead() != NearHead.BY_HASH_IF_TAKEN) {
        return null;
      }
      String hash = '"' + block.hash().toString() + '"';
      boolean isEip1898 = method.blockAt() != 0;
      byte[] params = replaced(request, isEip1898 ? "{\"blockHash\":" + hash + '}' : hash);
      String name = method.twin().equals(Method.NO_TWIN) ? method.name() : method.twin();
      return params == null ? null : new ByHash(name, params);
    }

    /** Null if there is no place for it. */
    private byte @Nullable [] replaced(RpcRequest request, String value) {
      Splice splice = new Splice(request.json(), request.paramsFrom(), request.paramsTo());
      if (from != BlockParameter.NOWHERE) {
        return splice.replace(from, to, value);
      }
      return leftOutAtEnd ? splice.replace(splice.end(), splice.end(), ',' + value) : null;
    }
  }

  /**
   * The filter of {@code eth_getLogs} or {@code trace_filter}.
   *
   * @param from where the filter object begins
   * @param to where it ends
   * @param isTagged true if an end of it is not a number as it stands
   * @param first the first block
   * @param last the last block
   */
  record Range(int from, int to, boolean isTagged, long first, long last) implements BlockForms {
    @Override
    public byte @Nullable [] byNumber(RpcRequest request) {
      return isTagged
          ? replaced(
              request,
              "\"fromBlock\":\"0x"
                  + Long.toHexString(first)
                  + "\",\"toBlock\":\"0x"
                  + Long.toHexString(last)
                  + '"')
          : null;
    }

    @Override
    public @Nullable ByHash byHash(RpcRequest request, BlockHeader block) {
      boolean hasForm = request.method().nearHead() == NearHead.BY_HASH && first == last;
      return hasForm
          ? new ByHash(
              request.method().name(), replaced(request, "\"blockHash\":\"" + block.hash() + '"'))
          : null;
    }

    private byte[] replaced(RpcRequest request, String ends) {
      Splice splice = new Splice(request.json(), request.paramsFrom(), request.paramsTo());
      return splice.replace(from, to, splice.filterWith(from, to, ends));
    }
  }
}
