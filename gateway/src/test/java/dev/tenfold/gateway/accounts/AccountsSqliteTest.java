package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsSqliteTest extends AccountsContract {
  @TempDir Path folder;

  @Override
  DatabaseUrl freshDatabase() {
    return DatabaseUrl.parse("sqlite:test.db", folder);
  }

  @Test
  void noFileHasASecretInIt() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Database database = new Database(DatabaseUrl.parse("sqlite:test.db", other))) {
      database.open();
      Accounts accounts = new Accounts(database, Clock.systemUTC());
      accounts.create(new NewUser("one", "Ada", "ada@example.org"));
      IssuedKey issued = accounts.issueKey("one", NewKey.named("to be found"));

      assertThat(issued.toString()).doesNotContain(issued.secret().secret());
      String all = content(other);
      assertThat(all).contains("to be found").doesNotContain(issued.secret().secret());
    }
  }

  private static String content(Path folder) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
