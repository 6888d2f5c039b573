package dev.tenfold.gateway.evm;

/**
 * What is known of one JSON-RPC method. Known methods are constants; an unknown one is made for the
 * call.
 *
 * @param name as in the specification
 * @param methodClass how its answers relate to the chain
 * @param blockAt the position of the block parameter, from 0; {@link #LAST} for the last; {@link
 *     #NONE} where there is none
 * @param blockOptional true if the block parameter may be left out, which means {@code latest}
 * @param nearHead how the block of an answer near the head is established
 * @param twin the method that asks the same by hash, or empty
 * @param slow true if nodes are known to take long over it: it gets a longer attempt-timeout
 */
public record Method(
    String name,
    MethodClass methodClass,
    int blockAt,
    boolean blockOptional,
    NearHead nearHead,
    String twin,
    boolean slow) {

  public static final int NONE = -1;
  public static final int LAST = -2;
  public static final String NO_TWIN = "";

  /** How the block of an answer near the head is established. */
  public enum NearHead {
    /** The call goes out with the block's hash in place of its number. */
    BY_HASH,
    /** The same, where the node takes it. */
    BY_HASH_IF_TAKEN,
    /** The answer names its block. */
    NAMED,
    /** Neither: kept only once final. */
    FINAL,
    /** Not a matter of blocks. */
    NEVER
  }

  /** A method that no table names. */
  public static Method unknown(String name) {
    return new Method(name, MethodClass.UNKNOWN, NONE, false, NearHead.NEVER, NO_TWIN, false);
  }
}
