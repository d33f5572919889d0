-- One-time codes: which time steps counted, so that none counts twice, and how often a person was wrong. No code and
-- no secret is kept.
CREATE TABLE salvor.used_codes (
  person text NOT NULL,
  step   bigint NOT NULL,
  at     timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (person, step)
);

CREATE TABLE salvor.wrong_codes (
  person text NOT NULL,
  at     timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX wrong_codes_newest ON salvor.wrong_codes (person, at DESC);

-- One after another gives a one-time code: a row that only the bot may lock, where an advisory lock is anybody's.
CREATE TABLE salvor.code_turns (person text PRIMARY KEY);
