package dev.tenfold.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project in {@code e2e/consumer}, built and run by Maven in a folder of its own. Its local
 * repository has everything that the developer's own has, by links, but of ours only what this
 * build made: so nothing that was installed earlier or published elsewhere can stand in for it.
 */
final class ConsumerProject {
  private static final String MAVEN_HOME = System.getProperty("maven.home", "");
  private static final String MODE = System.getProperty("maven.mode", "");
  private static final Path DEVELOPERS_REPOSITORY =
      Path.of(
          System.getProperty(
              "maven.repository", System.getProperty("user.home") + "/.m2/repository"));
  private static final long PATIENCE_SECONDS = 240;

  private final String version;
  private final Path project;
  private final Path repository;
  private final Set<Path> installed = new TreeSet<>();

  /** In a folder that is emptied first. */
  ConsumerProject(Path folder, String version) throws IOException {
    this.version = version;
    project = folder.resolve("project").toAbsolutePath();
    repository = folder.resolve("repository").toAbsolutePath();
    delete(folder);
    copy(Path.of("consumer"), project);
    linkAllButOurs();
  }

  /** Puts a POM, and a jar where there is one, where {@code mvn install} would put them. */
  void install(String artifact, Path pom, Path... jar) throws IOException {
    String name = artifact + "-" + version;
    put(pom, artifact, name + ".pom");
    for (Path file : jar) {
      assertThat(file).as("made by mvn package").exists();
      put(file, artifact, name + ".jar");
    }
  }

  private void put(Path file, String artifact, String name) throws IOException {
    Path place = ours().resolve(artifact).resolve(version).resolve(name);
    Files.createDirectories(place.getParent());
    Files.copy(file, place);
    installed.add(place);
  }

  /** Compiles all and runs the examples; what Maven and they printed. */
  List<String> run() throws IOException, InterruptedException {
    Path log = project.resolveSibling("maven.log");
    List<String> command = new ArrayList<>();
    command.add(MAVEN_HOME.isEmpty() ? "mvn" : MAVEN_HOME + "/bin/mvn");
    command.addAll(List.of("-B", "-ntp", "-fae", "-Dmaven.repo.local=" + repository));
    if (MODE.equals("offline: true")) {
      command.add("-o");
    }
    command.add("process-classes");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(theJdkOfThisTest(builder.environment()));
    builder.directory(project.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    Process maven = builder.start();
    try {
      assertThat(maven.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ended: " + log).isTrue();
    } finally {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly();
    }
    return Files.readAllLines(log, UTF_8);
  }

  /** Maven is on the JDK that it would otherwise start a compiler of for each part. */
  private static Map<String, String> theJdkOfThisTest(Map<String, String> environment) {
    String home = System.getProperty("java.home");
    return Map.of(
        "JAVA_HOME",
        home,
        "PATH",
        home + "/bin" + File.pathSeparator + environment.getOrDefault("PATH", ""),
        "MAVEN_OPTS",
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
  }

  /** The libraries that a part's consumer has, as {@code group:artifact}. */
  Set<String> librariesWith(String part) throws IOException {
    try (Stream<String> lines = Files.lines(project.resolve(part + "/target/dependencies.txt"))) {
      return lines
          .map(String::strip)
          .filter(line -> line.contains(":jar:"))
          .map(line -> line.substring(0, line.indexOf(":jar:")))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** What was installed here. */
  Set<Path> installed() {
    return installed;
  }

  /** The jars and POMs of ours that are in the repository now. */
  Set<Path> oursInTheRepository() throws IOException {
    try (Stream<Path> files = Files.walk(ours())) {
      return files
          .filter(file -> file.toString().endsWith(".jar") || file.toString().endsWith(".pom"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Path ours() {
    return repository.resolve("dev/tenfold");
  }

  private void linkAllButOurs() throws IOException {
    Files.createDirectories(ours());
    link(DEVELOPERS_REPOSITORY, repository, "dev");
    link(DEVELOPERS_REPOSITORY.resolve("dev"), repository.resolve("dev"), "tenfold");
  }

  private static void link(Path from, Path to, String allBut) throws IOException {
    if (Files.isDirectory(from)) {
      try (Stream<Path> entries = Files.list(from)) {
        for (Path entry : entries.filter(one -> !one.endsWith(allBut)).toList()) {
          Files.createSymbolicLink(
              to.resolve(entry.getFileName()), entry.toAbsolutePath().normalize());
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        if (!from.relativize(file).toString().contains("target")) {
          Files.createDirectories(to.resolve(from.relativize(file)).getParent());
          Files.copy(file, to.resolve(from.relativize(file)));
        }
      }
    }
  }

  /** Links are deleted, not followed: behind them is the developer's repository. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
