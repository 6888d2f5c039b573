package dev.tenfold.gateway.accounts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of what callers give. Each method ends normally or as {@code INVALID}. */
final class Rules {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
  private static final Pattern TIER = Pattern.compile("[A-Za-z0-9_.:-]{0,64}");
  private static final int NAME_LENGTH = 200;
  private static final int SHORTEST_EMAIL = 3;
  private static final int EMAIL_LENGTH = 254;
  private static final int LIST_LENGTH = 100;
  private static final int MEMBER_LENGTH = 256;
  private static final int HIGHEST_RATE = 1_000_000_000;
  private static final int LARGEST_PAGE = 1_000;

  private Rules() {}

  static void check(NewUser user) {
    if (user.id() != null) {
      checkId(user.id());
    }
    checkName(user.name());
    checkEmail(user.email());
  }

  static void check(UserChange change) {
    if (change.name() != null) {
      checkName(change.name());
    }
    if (change.email() != null) {
      checkEmail(change.email());
    }
  }

  static void check(NewKey key, Instant now) {
    checkName(key.name());
    require(
        TIER.matcher(key.tier()).matches(), "tier", "must be at most 64 of A-Z a-z 0-9 _ . : -");
    require(inRange(key.rate()), "rate", "must be 0 to 1000000000");
    require(inRange(key.burst()), "burst", "must be 0 to 1000000000");
    require(key.burst() == 0 || key.rate() > 0, "burst", "needs a rate");
    Instant expiry = key.expiresAt();
    require(
        expiry == null || expiry.truncatedTo(ChronoUnit.MILLIS).isAfter(now),
        "expires_at",
        "must be in the future");
    require(
        expiry == null || expiry.getEpochSecond() < Long.MAX_VALUE / 1_000,
        "expires_at",
        "must be before the year 292278994");
    checkList("chains", key.chains());
    checkList("methods", key.methods());
    checkList("origins", key.origins());
    checkList("addresses", key.addresses());
  }

  static void checkName(String name) {
    require(
        !name.isBlank() && length(name) <= NAME_LENGTH, "name", "must be 1 to 200 characters long");
    checkText("name", name);
  }

  static void checkPage(@Nullable String after, int limit) {
    require(after == null || isId(after), "after", "must be what the page before gave as next");
    require(limit > 0 && limit <= LARGEST_PAGE, "limit", "must be 1 to 1000");
  }

  /** By what addresses are compared: no two users have the same. */
  static String emailKey(String email) {
    return email.toLowerCase(Locale.ROOT);
  }

  static void require(boolean holds, String field, String rule) {
    if (!holds) {
      throw AccountsException.invalid(field, rule);
    }
  }

  /** True if something can have this id; nothing is asked of the database about others. */
  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  private static void checkId(String id) {
    require(isId(id), "id", "must be 1 to 64 of A-Z a-z 0-9 _ . : -");
  }

  private static void checkEmail(String email) {
    int at = email.indexOf('@');
    require(
        email.length() >= SHORTEST_EMAIL && length(email) <= EMAIL_LENGTH,
        "email",
        "must be 3 to 254 characters long");
    require(
        at > 0 && at == email.lastIndexOf('@') && at < email.length() - 1,
        "email",
        "must have one @, inside");
    require(email.chars().noneMatch(Character::isWhitespace), "email", "must have no white space");
    checkText("email", email);
  }

  private static void checkList(String field, List<String> members) {
    require(members.size() <= LIST_LENGTH, field, "must have at most 100 members");
    for (String member : members) {
      require(
          !member.isBlank() && length(member) <= MEMBER_LENGTH,
          field,
          "must have members of 1 to 256 characters");
      checkText(field, member);
    }
  }

  private static void checkText(String field, String text) {
    require(isPlainText(text), field, "must have no control characters");
  }

  /** True if both databases give a text back as it was. */
  static boolean isPlainText(String text) {
    // Half of a surrogate pair is no character: one refuses it, the other would change it.
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  private static boolean inRange(int rate) {
    return rate >= 0 && rate <= HIGHEST_RATE;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
