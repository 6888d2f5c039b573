package dev.tenfold.demo;

import com.sun.management.ThreadMXBean;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link DemoServer}, or the {@code main} of another class, and ends this process as soon as
 * its standard input ends. The other end of that pipe is held by the process that started this one:
 * when that is gone, however it went, the system closes the pipe.
 *
 * <p>What that process is told are lines on the standard output: where a server listens, why it
 * does not, and, for each byte that comes over the pipe, how much this process has allocated on its
 * heap. {@link Part} reads them.
 */
public final class Leash {
  /** What the line begins with; then comes the URL. */
  static final String LISTENS = "listens at ";

  /** What the line begins with; then comes why the server did not start. */
  static final String FAILED = "failed ";

  /** What the line begins with; then come the bytes, negative if the JVM does not know. */
  static final String ALLOCATED = "allocated ";

  private static final PrintStream STARTER =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private Leash() {}

  /**
   * Runs a class.
   *
   * @param arguments the name of the class, and its own arguments
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread.ofPlatform().daemon().name("leash").start(() -> endWith(System.in));
    String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
    Class<?> program = Class.forName(arguments[0]);
    if (DemoServer.class.isAssignableFrom(program)) {
      serve(program.asSubclass(DemoServer.class).getConstructor().newInstance(), List.of(own));
    } else {
      run(program, own);
    }
  }

  private static void serve(DemoServer server, List<String> arguments) {
    try {
      STARTER.println(LISTENS + server.start(arguments));
    } catch (Exception e) {
      fail(e);
    }
  }

  private static void run(Class<?> program, String[] arguments)
      throws ReflectiveOperationException {
    try {
      program.getMethod("main", String[].class).invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      fail(e.getCause());
    }
  }

  private static void fail(@Nullable Throwable cause) {
    STARTER.println(FAILED + (cause instanceof DemoException ? cause.getMessage() : cause));
    System.exit(1);
  }

  /** By all threads, those that have ended too. */
  private static long allocatedBytes() {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
  }

  private static void endWith(InputStream in) {
    try {
      while (in.read() >= 0) {
        STARTER.println(ALLOCATED + allocatedBytes());
      }
    } catch (IOException _) {
      // as good as its end
    }
    Runtime.getRuntime().halt(1);
  }
}
