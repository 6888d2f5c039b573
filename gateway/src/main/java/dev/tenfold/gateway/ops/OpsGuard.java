package dev.tenfold.gateway.ops;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Who may have what of the ops port is not for everybody. A web page that a browser shows is kept
 * out, whether it asks across sites or by an address of its own (a foreign {@code Host}, as in DNS
 * rebinding). Immutable; no name is looked up because a caller wrote it.
 */
public final class OpsGuard {
  private final String host;
  private final boolean loopback;
  private final @Nullable AdminToken token;

  /**
   * For a port.
   *
   * @param host that it is bound to
   * @param token what is asked for; null if there is none, and nobody gets what needs it
   */
  public OpsGuard(String host, @Nullable AdminToken token) {
    this.host = host;
    this.loopback = isLoopback(host);
    this.token = token;
  }

  /** True if only this machine reaches the port. */
  boolean isLocal() {
    return loopback;
  }

  /** True if there is a token that could be shown. */
  boolean hasToken() {
    return token != null;
  }

  /** Why a request is refused whatever it shows; null if it is not. */
  public @Nullable String foreign(HttpServerRequest http) {
    HostAndPort asked = http.authority();
    boolean unreadable = asked == null && http.getHeader(HttpHeaders.HOST) != null;
    if (loopback && (unreadable || (asked != null && !isOurs(asked.host())))) {
      return "this port is asked for as localhost or a loopback address; the Host here is another";
    }
    if ("cross-site".equals(http.getHeader("Sec-Fetch-Site"))) {
      return "this is not for other web sites: open it in a tab of its own";
    }
    return null;
  }

  /** True if the request shows the admin token. */
  public boolean isAdmin(HttpServerRequest http) {
    return token != null && token.isShownBy(http.getHeader(HttpHeaders.AUTHORIZATION));
  }

  private boolean isOurs(String asked) {
    String name = asked.startsWith("[") ? asked.substring(1, asked.length() - 1) : asked;
    return name.equalsIgnoreCase("localhost")
        || name.equalsIgnoreCase(host)
        || (isAddress(name) && isLoopback(name));
  }

  private static boolean isAddress(String name) {
    return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
