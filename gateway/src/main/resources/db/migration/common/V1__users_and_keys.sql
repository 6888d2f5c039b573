-- For both databases. ${text} compares by bytes, so that both order alike. Times are milliseconds since 1970, in UTC.

CREATE TABLE users (
  id         ${text} NOT NULL PRIMARY KEY,
  name       ${text} NOT NULL,
  email      ${text} NOT NULL,
  -- the address in lower case, by which it is unique
  email_key  ${text} NOT NULL CONSTRAINT users_email_key UNIQUE,
  created_at BIGINT  NOT NULL
);

CREATE TABLE api_keys (
  id         ${text} NOT NULL PRIMARY KEY,
  user_id    ${text} NOT NULL CONSTRAINT api_keys_user_id REFERENCES users (id) ON DELETE CASCADE,
  name       ${text} NOT NULL,
  hint       ${text} NOT NULL,
  created_at BIGINT  NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT,
  tier       ${text} NOT NULL,
  rate       INTEGER NOT NULL,
  burst      INTEGER NOT NULL,
  -- lists: a line each
  chains     ${text} NOT NULL,
  methods    ${text} NOT NULL,
  origins    ${text} NOT NULL,
  addresses  ${text} NOT NULL
);

CREATE INDEX api_keys_by_user ON api_keys (user_id, id);

-- A key that was rotated has two of them for a time.
CREATE TABLE api_key_secrets (
  hash        ${bytes} NOT NULL PRIMARY KEY,
  key_id      ${text}  NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
  valid_until BIGINT
);

CREATE INDEX api_key_secrets_by_key ON api_key_secrets (key_id);
