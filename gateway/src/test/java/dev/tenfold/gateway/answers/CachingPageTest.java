package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.AnswerBlock;
import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.MissReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/caching.md} and the code together. Where a table differs, the message of the
 * failed test is the table as it should be.
 */
class CachingPageTest {
  private static final Path PAGE = Path.of("..", "docs", "caching.md");

  @Test
  void theTableOfMethodsIsThatOfTheCode() throws IOException {
    assertThat(table("methods"))
        .isEqualTo(
            lines(
                "| method | class | block at | near the head | answer names its block | slow |",
                "| --- | --- | --- | --- | --- | --- |",
                Methods.all().stream().map(CachingPageTest::row)));
  }

  @Test
  void theTableOfFamiliesIsThatOfTheCode() throws IOException {
    assertThat(table("families"))
        .isEqualTo(
            lines(
                "| prefix | class |",
                "| --- | --- |",
                Methods.families().stream()
                    .map(f -> "| `%s*` | `%s` |".formatted(f.prefix(), f.methodClass()))));
  }

  @Test
  void theListOfReasonsIsThatOfTheCode() throws IOException {
    assertThat(table("reasons"))
        .isEqualTo(
            lines(
                "| reason | meaning |",
                "| --- | --- |",
                Arrays.stream(MissReason.values())
                    .map(r -> "| `%s` | %s |".formatted(r.token(), r.explanation()))));
  }

  @Test
  void everyClassIsExplained() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(MethodClass.values()).allMatch(c -> page.contains("\n| `" + c + "` | "));
  }

  @Test
  void theExamplesOfTheHeaderAreWhatTheCodeWrites() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains(
            "| `" + CacheStatus.HIT + "` |",
            "| `" + CacheStatus.REFUSED + "` |",
            "| `" + CacheStatus.miss(MissReason.COLD) + "` |",
            "| `" + CacheStatus.miss(MissReason.NOT_FINAL) + "` |",
            "| `" + CacheStatus.collapsed(MissReason.COLD) + "` |");
  }

  private static String row(Method method) {
    return "| `%s` | `%s` | %s | %s | %s | %s |"
        .formatted(
            method.name(),
            method.methodClass(),
            blockAt(method),
            nearHead(method),
            AnswerBlock.isNamedBy(method) ? "yes" : "",
            method.slow() ? "yes" : "");
  }

  /** How the block of an answer near the head is known. */
  private static String nearHead(Method method) {
    if (method.methodClass() == MethodClass.HEAD) {
      return "head";
    }
    return switch (method.nearHead()) {
      case BY_HASH -> method.methodClass() == MethodClass.RANGE ? "by hash, one block" : "by hash";
      case BY_HASH_IF_TAKEN -> "by hash, where taken";
      case NAMED -> "named";
      case FINAL ->
          method.methodClass() == MethodClass.BLOCK ? "final only" : finalOrLookedUp(method);
      case NEVER -> "";
    };
  }

  private static String finalOrLookedUp(Method method) {
    return method.methodClass() == MethodClass.RANGE ? "final only" : "looked up";
  }

  private static String blockAt(Method method) {
    return switch (method.blockAt()) {
      case Method.NONE -> "";
      case Method.LAST -> "last";
      default -> method.blockAt() + (method.blockOptional() ? "?" : "");
    };
  }

  private static String lines(String head, String rule, Stream<String> rows) {
    return Stream.concat(Stream.of(head, rule), rows).collect(Collectors.joining("\n"));
  }

  private static String table(String name) throws IOException {
    String page = Files.readString(PAGE);
    String mark = "<!-- " + name + " -->\n";
    int from = page.indexOf(mark) + mark.length();
    return page.substring(from, page.indexOf("\n<!-- end -->", from));
  }
}
