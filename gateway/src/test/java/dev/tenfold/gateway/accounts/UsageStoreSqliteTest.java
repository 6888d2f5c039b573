package dev.tenfold.gateway.accounts;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class UsageStoreSqliteTest extends UsageStoreContract {
  @TempDir Path folder;

  @Override
  DatabaseUrl freshDatabase() {
    return DatabaseUrl.parse("sqlite:test.db", folder);
  }
}
