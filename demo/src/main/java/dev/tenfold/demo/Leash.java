package dev.tenfold.demo;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class, and ends this process as soon as its standard input ends. The other end
 * of that pipe is held by the process that started this one: when that is gone, however it went,
 * the system closes the pipe. Each byte that comes over it is the question how much this process
 * has allocated on its heap; a line on the standard output is the answer.
 */
public final class Leash {
  /** What the line begins with; then come the bytes, negative if the JVM does not know. */
  static final String ALLOCATED = "allocated ";

  private Leash() {}

  /**
   * Runs a class.
   *
   * @param arguments the name of the class, and what its own {@code main} gets
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread.ofPlatform().daemon().name("leash").start(() -> endWith(System.in));
    try {
      Class.forName(arguments[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      System.err.println(arguments[0] + " failed: " + e.getCause());
      System.exit(1);
    }
  }

  /** By all threads, those that have ended too. */
  private static long allocatedBytes() {
    return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
  }

  private static void endWith(InputStream in) {
    try {
      while (in.read() >= 0) {
        System.out.println(ALLOCATED + allocatedBytes());
      }
    } catch (IOException _) {
      // as good as its end
    }
    Runtime.getRuntime().halt(1);
  }
}
