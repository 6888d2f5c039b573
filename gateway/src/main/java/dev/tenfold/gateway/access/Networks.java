package dev.tenfold.gateway.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of IP addresses, given as addresses and as networks in CIDR notation (RFC 4632). Immutable.
 * An IPv4 address that is written as IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address.
 */
public final class Networks {
  private final List<Network> networks = new ArrayList<>();

  private record Network(byte[] address, int bits) {
    boolean has(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int i = 0; i < address.length; i++) {
        int counted = Math.clamp(bits - 8 * i, 0, 8);
        int mask = 0xFF00 >> counted & 0xFF;
        if (((other[i] ^ address[i]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads them.
   *
   * @param key where they stand, for the message
   * @throws IllegalArgumentException if one is neither; the message names it
   */
  public Networks(String key, List<String> texts) {
    for (String text : texts) {
      networks.add(network(key, text));
    }
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  /** One comparison for each network. */
  public boolean has(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < networks.size(); i++) {
      if (networks.get(i).has(bytes)) {
        return true;
      }
    }
    return false;
  }

  /**
   * An address that is written as one; never a name, which would have to be looked up.
   *
   * @throws UnknownHostException if the text is no address
   */
  public static InetAddress address(String text) throws UnknownHostException {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) {
      throw new UnknownHostException("no address: " + text);
    }
    return InetAddress.getByAddress(bytes);
  }

  private static int bits(String text) {
    if (!text.matches("[0-9]{1,3}")) {
      throw new NumberFormatException("no number of bits");
    }
    return Integer.parseInt(text);
  }

  private static Network network(String key, String text) {
    int slash = text.indexOf('/');
    try {
      byte[] address = address(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int most = address.length * 8;
      int bits = slash < 0 ? most : bits(text.substring(slash + 1));
      if (bits < 0 || bits > most) {
        throw new IllegalArgumentException(key + ": \"" + text + "\" has too many bits");
      }
      return new Network(address, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException(
          key + ": \"" + text + "\" must be an IP address, or a network such as 10.0.0.0/8", e);
    }
  }
}
