-- Tells all gateways what changed. More than 100 rows of one statement are told as one: everything.

CREATE FUNCTION tenfold_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM changed LIMIT 101) AS many) > 100 THEN
    PERFORM pg_notify('tenfold_changes', 'all');
  ELSIF TG_TABLE_NAME = 'users' THEN
    PERFORM pg_notify('tenfold_changes', 'user:' || id) FROM changed;
  ELSIF TG_TABLE_NAME = 'api_keys' THEN
    PERFORM pg_notify('tenfold_changes', 'key:' || id) FROM changed;
  ELSE
    PERFORM pg_notify('tenfold_changes', 'key:' || key_id) FROM changed;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION tenfold_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('tenfold_changes', 'all');
  RETURN NULL;
END $$;

CREATE TRIGGER users_updated AFTER UPDATE ON users
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tenfold_changed();
CREATE TRIGGER users_deleted AFTER DELETE ON users
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tenfold_changed();
CREATE TRIGGER users_emptied AFTER TRUNCATE ON users
  FOR EACH STATEMENT EXECUTE FUNCTION tenfold_emptied();

CREATE TRIGGER api_keys_updated AFTER UPDATE ON api_keys
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tenfold_changed();
CREATE TRIGGER api_keys_deleted AFTER DELETE ON api_keys
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tenfold_changed();
CREATE TRIGGER api_keys_emptied AFTER TRUNCATE ON api_keys
  FOR EACH STATEMENT EXECUTE FUNCTION tenfold_emptied();

CREATE TRIGGER api_key_secrets_inserted AFTER INSERT ON api_key_secrets
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tenfold_changed();
CREATE TRIGGER api_key_secrets_updated AFTER UPDATE ON api_key_secrets
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tenfold_changed();
CREATE TRIGGER api_key_secrets_deleted AFTER DELETE ON api_key_secrets
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tenfold_changed();
CREATE TRIGGER api_key_secrets_emptied AFTER TRUNCATE ON api_key_secrets
  FOR EACH STATEMENT EXECUTE FUNCTION tenfold_emptied();
