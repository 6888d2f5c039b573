package dev.tenfold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
  @Test
  void aReportIsAPageOfMarkdown() {
    Report report = new Report("hit", "A hit", LocalDate.of(2026, 1, 2));
    report.paragraph("Fast.").spreads().spread("µs", Spread.of(List.of(1.0, 2.0, 3.0)), 1);

    assertThat(report.text())
        .isEqualTo(
            """
            # A hit, 2026-01-02

            Fast.

            | | n | median | middle half | least | most |
            | --- | --: | --: | --: | --: | --: |
            | µs | 3 | 2.0 | 1.5 to 2.5 | 1.0 | 3.0 |
            """);
  }

  @Test
  void hitsAndUpstreamCallsAreThoseOfTheGatewaysOwnPage() throws JsonProcessingException {
    String page =
        """
        {"cache_hits": 30, "cache_misses": 10, "chains": {
          "a": {"upstream_calls": 7, "upstream_polls": 5},
          "b": {"upstream_calls": 1, "upstream_polls": 2}}}\
        """;

    Stats stats = Stats.of(new ObjectMapper().readTree(page));

    assertThat(stats).isEqualTo(new Stats(30, 10, 8, 7));
    assertThat(stats.hitRatio()).isEqualTo(0.75);
    assertThat(stats.since(new Stats(20, 10, 8, 6))).isEqualTo(new Stats(10, 0, 0, 1));
  }

  @Test
  void bothAddressesOfTheGreetingAreFound() {
    assertThat(Program.addresses("serves at http://127.0.0.1:81, operators at http://127.0.0.1:82"))
        .containsExactly(URI.create("http://127.0.0.1:81"), URI.create("http://127.0.0.1:82"));
  }

  @Test
  void aLineOfTheJvmHasNoAddress() {
    assertThat(Program.addresses("Started recording 1.")).isEmpty();
  }
}
