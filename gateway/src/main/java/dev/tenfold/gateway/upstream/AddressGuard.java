package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps a node's address out of the errors that callers see, should the node itself name it. */
final class AddressGuard {
  /** A part of a path that is shorter is a word such as {@code v2}, not a key. */
  private static final int KEY_LENGTH = 12;

  private static final Pattern SEPARATORS = Pattern.compile("[/&=?]");

  private static final String HIDDEN =
      "the node's own words are not shown, because they contain its address";

  private final List<String> secrets = new ArrayList<>();

  AddressGuard(URI url) {
    addHost(url);
    add(url.getRawUserInfo());
    SEPARATORS
        .splitAsStream(url.getRawPath() + "/" + url.getRawQuery())
        .filter(part -> part.length() >= KEY_LENGTH)
        .forEach(secrets::add);
  }

  /** A name such as {@code node} is a word too: alone it is no address. */
  private void addHost(URI url) {
    String host = url.getHost();
    if (host == null || host.contains(".") || host.contains(":")) {
      add(host);
    } else {
      add("/" + host);
      add("@" + host);
      add(host + ":" + url.getPort());
    }
  }

  private void add(@Nullable String secret) {
    if (secret != null) {
      secrets.add(secret);
    }
  }

  /** The reply, with an error of our own in place of one that shows the address. */
  RpcReply hide(RpcReply reply) {
    if (!(reply instanceof RpcReply.RpcError error) || !shows(error.json())) {
      return reply;
    }
    byte[] ours = Failure.NO_NODE.reply(HIDDEN).json();
    return new RpcReply.RpcError(
        ours, error.failure(), error.cacheStatus(), error.retryAfterSeconds());
  }

  private boolean shows(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    return secrets.stream().anyMatch(text::contains);
  }
}
