package dev.tenfold.gateway.access;

import dev.tenfold.gateway.evm.Methods;

/** Counts in a {@link UsageBook} as calls do. */
public final class Usages {
  private Usages() {}

  /** A hit of one unit and ten bytes. */
  public static void hit(UsageBook book, String key, String chain, String method) {
    book.of(key).cell(chain, Methods.named(method)).hit(10, 1);
  }
}
