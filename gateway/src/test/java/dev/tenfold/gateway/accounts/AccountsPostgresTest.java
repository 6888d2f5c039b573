package dev.tenfold.gateway.accounts;

class AccountsPostgresTest extends AccountsContract {
  @Override
  DatabaseUrl freshDatabase() {
    return PostgresServer.freshDatabase();
  }
}
