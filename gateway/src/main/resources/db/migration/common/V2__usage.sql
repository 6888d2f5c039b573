-- Keys are named by their id only: what they used stays when they go.
CREATE TABLE usage_by_hour (
  key_id       ${text} NOT NULL,
  chain        ${text} NOT NULL,
  method       ${text} NOT NULL,
  hour         BIGINT  NOT NULL,
  calls        BIGINT  NOT NULL,
  hits         BIGINT  NOT NULL,
  errors       BIGINT  NOT NULL,
  units        BIGINT  NOT NULL,
  bytes        BIGINT  NOT NULL,
  saved_units  BIGINT  NOT NULL,
  saved_micros BIGINT  NOT NULL,
  PRIMARY KEY (key_id, hour, chain, method)
);

CREATE INDEX usage_by_hour_of_all ON usage_by_hour (hour);

-- What was written already, so that a retry does not count twice.
CREATE TABLE usage_chunks (
  id         ${text} NOT NULL PRIMARY KEY,
  written_at BIGINT  NOT NULL
);

CREATE INDEX usage_chunks_by_time ON usage_chunks (written_at);
