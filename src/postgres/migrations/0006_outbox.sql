-- Answers for everybody that were given where Slack could not hear them, at a terminal: told in the thread once the
-- journal has been told as far as it was when they were given.
CREATE TABLE salvor.outbox (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request   text NOT NULL UNIQUE,
  incident  bigint NOT NULL REFERENCES salvor.incidents,
  after_no  bigint NOT NULL,
  card      jsonb NOT NULL,
  file      jsonb,
  at        timestamptz(3) NOT NULL DEFAULT now(),
  told_at   timestamptz(3)
);
CREATE INDEX outbox_waiting ON salvor.outbox (id) WHERE told_at IS NULL;
