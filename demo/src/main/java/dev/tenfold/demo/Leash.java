package dev.tenfold.demo;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class, and ends this process as soon as its standard input ends. The other end
 * of that pipe is held by the process that started this one: when that is gone, however it went,
 * the system closes the pipe.
 */
public final class Leash {
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

  private static void endWith(InputStream in) {
    try {
      while (in.read() >= 0) {
        // nothing is said over it
      }
    } catch (IOException _) {
      // as good as its end
    }
    Runtime.getRuntime().halt(1);
  }
}
