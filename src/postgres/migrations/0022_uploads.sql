-- SQL that somebody shared in Slack and an owner asked to be run. Kept by hash, never changed: a job names the hash, and
-- workers on other machines read it here.
CREATE TABLE salvor.uploads (
  sha256      text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  name        text NOT NULL,
  text        text NOT NULL CHECK (octet_length(text) <= 1048576),
  uploaded_by text NOT NULL,
  at          timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
