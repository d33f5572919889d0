-- One after another gives a one-time code: a row that only the bot may lock, where an advisory lock is anybody's.
CREATE TABLE salvor.code_turns (person text PRIMARY KEY);
