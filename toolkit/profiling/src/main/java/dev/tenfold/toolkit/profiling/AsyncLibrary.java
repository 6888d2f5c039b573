package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * A copy of async-profiler of our own.
 *
 * <p>Its library has one session at a time. Each use has a copy of the library to itself, behind a
 * class loader of its own, so a CPU profile does not end the sampling of the heap; and neither
 * disturbs a program that uses async-profiler by itself. A copy is loaded when it is first used and
 * stays until the JVM ends: the JVM calls into it.
 *
 * <p>Threads: safe for any. Commands to all copies run one after the other: the library takes a
 * command apart with {@code strtok}, whose state belongs to the process.
 */
final class AsyncLibrary {
  /** Who has a copy. */
  enum Use {
    HEAP,
    /** CPU time and wall-clock time, one at a time. */
    TIME
  }

  private static final String API = "one.profiler.AsyncProfiler";
  private static final Object COMMANDS = new Object();
  private static final Map<Use, AsyncLibrary> LOADED = new EnumMap<>(Use.class);

  private final Object profiler;
  private final Method execute;

  private AsyncLibrary(Object profiler) throws NoSuchMethodException {
    this.profiler = profiler;
    execute = profiler.getClass().getMethod("execute", String.class);
  }

  /**
   * The copy for this use.
   *
   * @param folder where the library is written for a moment
   * @throws IOException where there is none for this system, or it cannot be loaded
   */
  static AsyncLibrary of(Use use, Path folder) throws IOException {
    synchronized (LOADED) {
      AsyncLibrary library = LOADED.get(use);
      if (library == null) {
        library = load(folder.resolve(use + "-async-profiler.so"));
        LOADED.put(use, library);
      }
      return library;
    }
  }

  /**
   * Runs a command of async-profiler.
   *
   * @throws IOException with its message where it refused
   */
  void execute(String command) throws IOException {
    try {
      synchronized (COMMANDS) {
        execute.invoke(profiler, command);
      }
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw new IOException("async-profiler: " + (cause == null ? e : cause.getMessage()), e);
    } catch (IllegalAccessException e) {
      throw new IOException("async-profiler cannot be called", e);
    }
  }

  static boolean onLinux() {
    return System.getProperty("os.name", "").startsWith("Linux");
  }

  private static AsyncLibrary load(Path file) throws IOException {
    try (InputStream library = resource(resourceName())) {
      Files.copy(library, file);
      Class<?> api = Class.forName(API, true, new OwnClasses());
      return new AsyncLibrary(
          api.getMethod("getInstance", String.class).invoke(null, file.toString()));
    } catch (InvocationTargetException e) {
      throw new IOException("async-profiler does not load here: " + e.getCause(), e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IOException("async-profiler does not load here: " + e, e);
    } finally {
      Files.deleteIfExists(file); // once loaded, or not, it is not needed any more
    }
  }

  private static String resourceName() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    String folder = onLinux() ? (arm ? "linux-arm64" : "linux-x64") : "macos";
    return folder + "/libasyncProfiler.so";
  }

  private static InputStream resource(String name) throws IOException {
    InputStream resource = AsyncLibrary.class.getClassLoader().getResourceAsStream(name);
    if (resource == null) {
      throw new IOException("async-profiler is not on the class path: no " + name);
    }
    return resource;
  }

  /** Defines the classes of async-profiler anew, so that they are bound to a library anew. */
  private static final class OwnClasses extends ClassLoader {
    OwnClasses() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream in = resource(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
