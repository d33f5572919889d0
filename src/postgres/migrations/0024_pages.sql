-- What wakes people outside while an approval stays unanswered: the id of its page, when it was taken, and who said
-- that they are awake. An acknowledgement decides nothing.
ALTER TABLE salvor.approvals
  ADD COLUMN page            text UNIQUE,
  ADD COLUMN paged_at        timestamptz(3),
  ADD COLUMN acknowledged_by text,
  ADD COLUMN acknowledged_at timestamptz(3);
