package dev.tenfold.simnode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The root of the Merkle Patricia trie that maps the RLP of each index to a value, as the headers'
 * roots of transactions and receipts do (yellow paper, appendix D).
 */
final class TrieRoot {
  private static final byte[] EMPTY = Rlp.string(new byte[0]);

  private TrieRoot() {}

  static String of(List<byte[]> values) {
    if (values.isEmpty()) {
      return Header.EMPTY_ROOT;
    }
    TreeMap<String, byte[]> leaves = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      leaves.put(Hex.data(Rlp.number(i)).substring(2), values.get(i));
    }
    return Keccak.hex(node(List.copyOf(leaves.entrySet()), 0));
  }

  /** Encodes the node that holds the leaves, whose keys (as hex digits) agree before the depth. */
  private static byte[] node(List<Map.Entry<String, byte[]>> leaves, int depth) {
    String first = leaves.getFirst().getKey();
    if (leaves.size() == 1) {
      return Rlp.list(path(first.substring(depth), true), Rlp.string(leaves.getFirst().getValue()));
    }
    int shared = sharedPrefix(first, leaves.getLast().getKey());
    if (shared > depth) {
      return Rlp.list(path(first.substring(depth, shared), false), reference(node(leaves, shared)));
    }
    return branch(leaves, depth);
  }

  private static byte[] branch(List<Map.Entry<String, byte[]>> leaves, int depth) {
    List<byte[]> items = new ArrayList<>();
    for (int digit = 0; digit < 16; digit++) {
      char wanted = Character.forDigit(digit, 16);
      var below = leaves.stream().filter(leaf -> leaf.getKey().charAt(depth) == wanted).toList();
      items.add(below.isEmpty() ? EMPTY : reference(node(below, depth + 1)));
    }
    items.add(EMPTY); // no index's RLP is the beginning of another's
    return Rlp.list(items);
  }

  /** A node in its parent: itself where it is short, else its hash. */
  private static byte[] reference(byte[] node) {
    return node.length < 32 ? node : Rlp.string(Keccak.hash(node));
  }

  private static byte[] path(String digits, boolean leaf) {
    int flag = (leaf ? 2 : 0) + digits.length() % 2;
    String even = digits.length() % 2 == 1 ? flag + digits : flag + "0" + digits;
    return Rlp.hex("0x" + even);
  }

  private static int sharedPrefix(String a, String b) {
    int mismatch = Arrays.mismatch(a.toCharArray(), b.toCharArray());
    return mismatch < 0 ? a.length() : mismatch;
  }
}
