-- What happens at a time, and not because somebody says so: one row each, with one keeper (engine/due). Rows are taken
-- by deleting them in the transaction that does what they stand for, so that of several keepers one does it.
CREATE TABLE salvor.due (
  -- Its kind and what it is about: the same thing is due once.
  id       text PRIMARY KEY,
  kind     text NOT NULL,
  subject  text NOT NULL,
  incident bigint NOT NULL REFERENCES salvor.incidents,
  job      text REFERENCES salvor.jobs,
  at       timestamptz(3) NOT NULL,
  -- How often it was tried and could not be done.
  tries    int NOT NULL DEFAULT 0
);
CREATE INDEX due_next ON salvor.due (at);
CREATE INDEX due_by_subject ON salvor.due (subject);

-- An approval's own times, whoever asks, decides or uses it: a row that waits for nothing any more goes with the state.
CREATE FUNCTION salvor.keep_approval_due() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- What else stands on its being unanswered ends with the question.
  DELETE FROM salvor.due d
   WHERE d.subject = NEW.id AND (NEW.state <> 'asked' OR d.kind IN ('approval_remind', 'approval_escalate'));
  INSERT INTO salvor.due (id, kind, subject, incident, job, at)
  SELECT w.kind || ' ' || NEW.id, w.kind, NEW.id, NEW.incident, NEW.job, w.at
    FROM (VALUES
      ('approval_remind', NEW.remind_at, NEW.state = 'asked' AND NEW.reminded_at IS NULL),
      ('approval_escalate', NEW.escalate_at, NEW.state = 'asked' AND NEW.escalated_at IS NULL),
      ('approval_expire', CASE WHEN NEW.state = 'asked' THEN NEW.approve_by ELSE NEW.run_by END, NEW.state IN ('asked', 'granted'))
    ) w(kind, at, wanted)
   WHERE w.wanted AND w.at IS NOT NULL
  ON CONFLICT (id) DO UPDATE SET at = excluded.at, tries = 0;
  RETURN NULL;
END $$;
CREATE TRIGGER approvals_due AFTER INSERT OR UPDATE OF state, remind_at, reminded_at, escalate_at, escalated_at, approve_by, run_by
  ON salvor.approvals FOR EACH ROW EXECUTE FUNCTION salvor.keep_approval_due();

REVOKE ALL ON FUNCTION salvor.keep_approval_due() FROM PUBLIC;
