package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  private static final Path DATA = Path.of("/data");

  @Test
  void aFileIsInTheDataFolderOrAbsolute() {
    assertThat(DatabaseUrl.parse("sqlite:tenfold.db", DATA))
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("/data/tenfold.db")));
    assertThat(DatabaseUrl.parse("sqlite:/var/lib/t.db", DATA))
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("/var/lib/t.db")));
  }

  @Test
  void aServerIsReadWithUserPasswordAndParameters() {
    assertThat(
            DatabaseUrl.parse("postgresql://ten:p%40ss%2F+x@a:1,b:2/tenfold?sslmode=require", DATA))
        .isEqualTo(
            new DatabaseUrl.Postgres("a:1,b:2/tenfold", "sslmode=require", "ten", "p@ss/+x"));
    assertThat(DatabaseUrl.parse("postgres://host/tenfold", DATA))
        .isEqualTo(new DatabaseUrl.Postgres("host/tenfold", "", null, null));
  }

  @Test
  void noTextOfItHasTheSecretInIt() {
    assertThat(DatabaseUrl.parse("postgresql://ten:hunter2@host/db?password=hunter2", DATA))
        .hasToString("postgresql://host/db");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://u:hunter2@h/d",
        "postgresql://u:hunter2@",
        "postgresql://u:hunter2@host",
        "postgresql://u:hunter2@host/",
        "postgresql://u:hunter2%zz@host/db",
        "sqlite:",
        "sqlite::memory:",
        "sqlite://hunter2/x",
        "sqlite:x?password=hunter2"
      })
  void whatIsNoneIsRefusedWithoutRepeatingIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse(url, DATA))
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
  }
}
