package dev.tenfold.demo.steps;

import dev.tenfold.toolkit.cache.MemoryCache;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Users through the cache, and from the database by a statement that is prepared once. */
final class RememberedUsers implements Users {
  private static final long BYTES = 1 << 20;
  private static final Duration LIFE = Duration.ofMinutes(1);

  private final MemoryCache<String, User> cache =
      MemoryCache.<String, User>builder()
          .maximumBytes(BYTES)
          .sizeOf((id, user) -> 2 * id.length() + user.name().length() + user.email().length() + 64)
          .build();
  private final PreparedStatement select;

  RememberedUsers(Connection connection) throws SQLException {
    select = connection.prepareStatement(Database.USER);
  }

  @Override
  public User find(String id) throws IOException {
    User known = cache.get(id);
    if (known != null) {
      return known;
    }
    User user = load(id);
    cache.put(id, user, LIFE);
    return user;
  }

  private User load(String id) throws IOException {
    synchronized (select) {
      try {
        return Users.find(id, select);
      } catch (SQLException e) {
        throw new IOException("the database failed", e);
      }
    }
  }
}
