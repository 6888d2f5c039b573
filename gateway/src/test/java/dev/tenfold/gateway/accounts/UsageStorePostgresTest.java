package dev.tenfold.gateway.accounts;

class UsageStorePostgresTest extends UsageStoreContract {
  @Override
  DatabaseUrl freshDatabase() {
    return PostgresServer.freshDatabase();
  }
}
