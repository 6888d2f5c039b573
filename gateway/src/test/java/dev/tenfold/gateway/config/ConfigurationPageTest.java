package dev.tenfold.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} and the records together: keys, types and defaults. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Config DEFAULTS =
      Config.of(ConfigFlags.NONE.withUpstreams(List.of("http://n")));

  @Test
  void thePageHasExactlyTheKeysOfTheRecordsWithTheirTypesAndDefaults() throws Exception {
    assertThat(rowsOfThePage()).containsExactlyElementsOf(rowsOfTheRecords());
  }

  @Test
  void whatIsPrintedHasEveryKeyOfThePage() throws Exception {
    String printed = DEFAULTS.print();

    assertThat(rowsOfThePage())
        .filteredOn(row -> !row.endsWith("| learnt") && !row.endsWith("| none"))
        .extracting(row -> row.substring(0, row.indexOf(' ')).replaceAll(".*\\.", ""))
        .allSatisfy(key -> assertThat(printed).containsPattern("(?m)^ +(- )?" + key + ":"));
  }

  @Test
  void theExampleOfThePageIsAccepted() throws Exception {
    String page = Files.readString(PAGE);
    String example = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n\n"));

    Config config = Config.of(example, Map.of("NODE_KEY", "k"), ConfigFlags.NONE);

    assertThat(config.chains()).containsOnlyKeys("ethereum");
  }

  private static List<String> rowsOfThePage() throws Exception {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split(" *\\| *"))
        .map(cells -> (cells[1] + " | " + cells[2] + " | " + cells[3]).replace("`", ""))
        .toList();
  }

  private static List<String> rowsOfTheRecords() throws Exception {
    List<String> rows = new ArrayList<>();
    for (RecordComponent section : Config.class.getRecordComponents()) {
      Object value = section.getAccessor().invoke(DEFAULTS);
      if (value instanceof SequencedMap<?, ?>) {
        ChainConfig chain = DEFAULTS.chains().firstEntry().getValue();
        add(rows, "chains.NAME.", chain);
        add(rows, "chains.NAME.upstreams[].", chain.upstreams().getFirst());
      } else {
        add(rows, section.getName() + ".", (Record) value);
      }
    }
    return rows;
  }

  private static void add(List<String> rows, String prefix, Record values) throws Exception {
    for (RecordComponent component : values.getClass().getRecordComponents()) {
      Object value = component.getAccessor().invoke(values);
      String row = prefix + kebab(component.getName());
      if (value instanceof TlsConfig inner) {
        add(rows, row + ".", inner);
      } else {
        rows.add(row + " | " + type(component.getType()) + " | " + byDefault(row, value));
      }
    }
  }

  private static String byDefault(String key, Object value) {
    return switch (value) {
      case OptionalLong _ when key.endsWith("finality-depth") -> "none";
      case OptionalLong _ -> "learnt";
      case URI _ -> "required";
      case List<?> _ when key.endsWith("upstreams") -> "required";
      case Duration duration -> Durations.format(duration);
      case String text when text.isEmpty() -> "\"\"";
      default -> value.toString();
    };
  }

  private static String type(Class<?> type) {
    if (type == AccessLog.class || type == String.class) {
      return "text";
    }
    if (type == int.class || type == OptionalLong.class) {
      return "number";
    }
    return Map.of(
            DataSize.class, "size",
            Duration.class, "duration",
            List.class, "list",
            Map.class, "map",
            URI.class, "URL",
            boolean.class, "boolean")
        .getOrDefault(type, type.getName());
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
