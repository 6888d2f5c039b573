package dev.tenfold.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a test class started: closed in the opposite order, all of it, whatever fails. */
final class Setup implements AutoCloseable {
  private final Deque<Part> started = new ArrayDeque<>();

  /** Something that a test started. */
  interface Part extends AutoCloseable {
    @Override
    void close();
  }

  <T extends Part> T add(T part) {
    started.push(part);
    return part;
  }

  AnvilProcess anvil() {
    return add(AnvilProcess.start());
  }

  TenfoldProcess tenfold(URI... nodes) {
    return add(TenfoldProcess.serve(nodes));
  }

  TenfoldProcess tenfold(String configuration, URI... nodes) {
    return add(TenfoldProcess.configured(configuration, nodes));
  }

  /** With the files of another, which are deleted with that one. */
  TenfoldProcess tenfoldIn(Path data, String configuration, URI... nodes) {
    return add(TenfoldProcess.configuredIn(data, configuration, nodes));
  }

  SimNodeProcess simNode() {
    return add(SimNodeProcess.start());
  }

  ScriptedNode scripted() {
    return add(ScriptedNode.start());
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
