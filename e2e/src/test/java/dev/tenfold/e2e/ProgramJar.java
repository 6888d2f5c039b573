package dev.tenfold.e2e;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines that start the program from its jar. */
final class ProgramJar {
  private static final File JAR =
      new File(System.getProperty("tenfold.jar", "../cli/target/tenfold.jar")).getAbsoluteFile();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  /** These processes live for seconds: the second compiler would take half of their CPU time. */
  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  private ProgramJar() {}

  /** With a heap such as {@code 256m}; more words may be added to the list. */
  static List<String> command(String heap, List<String> words) {
    List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx" + heap, ONE_COMPILER, "-jar"));
    command.add(JAR.toString());
    command.addAll(words);
    return command;
  }
}
