-- Findings over which a person went on, each by the digest of what was seen. Only the bot may write them: they stand
-- on the approval card in that person's name.
CREATE TABLE salvor.acceptances (
  job     text NOT NULL REFERENCES salvor.jobs,
  step    text NOT NULL,
  digest  text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  finding jsonb NOT NULL,
  person  text NOT NULL,
  reason  text NOT NULL CHECK (btrim(reason) <> ''),
  at      timestamptz(3) NOT NULL,
  PRIMARY KEY (job, digest)
);
CREATE TRIGGER acceptances_append_only BEFORE UPDATE OR DELETE ON salvor.acceptances
  FOR EACH ROW EXECUTE FUNCTION salvor.refuse_change();
CREATE TRIGGER acceptances_no_truncate BEFORE TRUNCATE ON salvor.acceptances
  FOR EACH STATEMENT EXECUTE FUNCTION salvor.refuse_change();
