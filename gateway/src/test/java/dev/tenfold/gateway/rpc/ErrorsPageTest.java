package dev.tenfold.gateway.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/errors.md} and {@link FailureTable} together. */
class ErrorsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "errors.md");

  @Test
  void thePageHasTheRowsOfTheTableInItsOrder() throws Exception {
    List<String> rows =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(rows)
        .containsExactlyElementsOf(Arrays.stream(Failure.values()).map(this::row).toList());
  }

  @Test
  void thePageExplainsEachFailure() throws Exception {
    String explanations =
        String.join(
            "\n",
            Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("- `")).toList());

    assertThat(Failure.values())
        .allSatisfy(failure -> assertThat(explanations).contains("`" + failure + "`"));
  }

  private String row(Failure failure) {
    FailureTable.Row row = failure.row();
    return String.format(
        "| `%s` | %s | %s | %d | %s | %s | %s | %s |",
        failure,
        row.code() == 0 ? "the node's" : row.code(),
        row.message(),
        row.httpStatus(),
        word(row.askAnother()),
        row.waitingHelps() ? "yes" : "no",
        word(row.blame()),
        word(row.level()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
