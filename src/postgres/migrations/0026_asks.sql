-- Questions to named people, and what they answered: manual steps, doubts, acceptance tests. The bot asks and takes
-- answers; workers do neither. Approvals have guards of their own.
CREATE TABLE salvor.asks (
  id              text PRIMARY KEY,
  kind            text NOT NULL,
  incident        bigint NOT NULL REFERENCES salvor.incidents,
  job             text REFERENCES salvor.jobs,
  run             text REFERENCES salvor.runs,
  -- What is asked about: a step of a run or of a job, a case of a test.
  subject         text NOT NULL,
  -- A code and its facts.
  question        jsonb NOT NULL,
  -- Who may answer: people with these roles. What nobody can answer is not asked.
  roles           text[] NOT NULL CHECK (cardinality(roles) > 0),
  answers         text[] NOT NULL CHECK (cardinality(answers) > 0),
  needed          int NOT NULL CHECK (needed > 0),
  -- Words must come with the answer.
  evidence        boolean NOT NULL,
  state           text NOT NULL CHECK (state IN ('asked', 'answered', 'expired', 'withdrawn')),
  asked_at        timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  answer_by       timestamptz(3),
  remind_every_ms bigint CHECK (remind_every_ms > 0),
  -- Reminders that are left.
  reminders       int NOT NULL,
  remind_at       timestamptz(3),
  escalate_to     text[] NOT NULL,
  escalate_at     timestamptz(3),
  escalated_at    timestamptz(3)
);
-- The same thing is asked once at a time, whoever asks.
CREATE UNIQUE INDEX asks_open ON salvor.asks (subject) WHERE state = 'asked';
CREATE INDEX asks_by_incident ON salvor.asks (incident, asked_at);

-- Every answer stays; a person's newest counts.
CREATE TABLE salvor.answers (
  ask      text NOT NULL REFERENCES salvor.asks,
  no       int NOT NULL,
  person   text NOT NULL,
  answer   text NOT NULL,
  evidence text,
  at       timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (ask, no)
);
CREATE TRIGGER answers_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON salvor.answers
  FOR EACH STATEMENT EXECUTE FUNCTION salvor.refuse_change();

-- The questions of a job are read with it.
CREATE INDEX asks_by_job ON salvor.asks (job) WHERE job IS NOT NULL;

-- Only what was asked for is taken, and only while it is asked.
CREATE FUNCTION salvor.fit_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE a salvor.asks;
BEGIN
  SELECT * INTO a FROM salvor.asks WHERE id = NEW.ask;
  IF a.state IS DISTINCT FROM 'asked' OR NOT NEW.answer = ANY (a.answers)
     OR a.answer_by < clock_timestamp()
     OR (a.evidence AND btrim(coalesce(NEW.evidence, '')) = '')
  THEN
    RAISE EXCEPTION 'ask % does not take this answer', NEW.ask;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answers_fit BEFORE INSERT ON salvor.answers FOR EACH ROW EXECUTE FUNCTION salvor.fit_answer();

-- Have enough people answered? Each counts once, and a remark beside an answer is none (domain/ask.ts says the same).
CREATE FUNCTION salvor.is_answered(ask_ text) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT count(DISTINCT g.person) FROM salvor.answers g WHERE g.ask = a.id AND g.answer <> 'comment') >= a.needed
    FROM salvor.asks a WHERE a.id = ask_
$$;

CREATE TRIGGER asks_keep_rest BEFORE UPDATE ON salvor.asks FOR EACH ROW EXECUTE FUNCTION
  salvor.keep_rest('ask', 'state', 'reminders', 'remind_at', 'escalated_at');
CREATE TRIGGER asks_keep_escalation BEFORE UPDATE ON salvor.asks FOR EACH ROW
  WHEN (OLD.escalated_at IS DISTINCT FROM NEW.escalated_at) EXECUTE FUNCTION salvor.keep_escalation('ask');

-- It is answered only by enough people.
CREATE FUNCTION salvor.keep_ask() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.state <> NEW.state AND (OLD.state <> 'asked'
     OR (NEW.state = 'expired' AND (OLD.answer_by < clock_timestamp()) IS NOT TRUE)
     OR (NEW.state = 'answered' AND NOT salvor.is_answered(OLD.id))) THEN
    RAISE EXCEPTION 'ask % cannot become %', OLD.id, NEW.state;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER asks_keep BEFORE UPDATE ON salvor.asks FOR EACH ROW EXECUTE FUNCTION salvor.keep_ask();

-- The times of a question, as of an approval.
CREATE FUNCTION salvor.keep_ask_due() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM salvor.due d WHERE d.subject = NEW.id;
  INSERT INTO salvor.due (id, kind, subject, incident, job, at)
  SELECT w.kind || ' ' || NEW.id, w.kind, NEW.id, NEW.incident, NEW.job, w.at
    FROM (VALUES
      ('ask_remind', NEW.remind_at, NEW.reminders > 0),
      ('ask_escalate', NEW.escalate_at, NEW.escalated_at IS NULL),
      ('ask_expire', NEW.answer_by, true)
    ) w(kind, at, wanted)
   WHERE NEW.state = 'asked' AND w.wanted AND w.at IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER asks_due AFTER INSERT OR UPDATE ON salvor.asks FOR EACH ROW EXECUTE FUNCTION salvor.keep_ask_due();

-- A question that nothing waits for any more is taken back with whatever ended it; what enough people have answered by
-- then was answered.
CREATE FUNCTION salvor.withdraw_asks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE salvor.asks a
     SET state = CASE WHEN salvor.is_answered(a.id) THEN 'answered' ELSE 'withdrawn' END
   WHERE a.state = 'asked'
     AND (CASE TG_TABLE_NAME WHEN 'jobs' THEN a.job WHEN 'runs' THEN a.run ELSE a.subject END) = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER jobs_withdraw_asks AFTER UPDATE OF state ON salvor.jobs
  FOR EACH ROW WHEN (OLD.state <> NEW.state AND NEW.state IN ('succeeded', 'failed', 'stopped', 'rejected'))
  EXECUTE FUNCTION salvor.withdraw_asks();
CREATE TRIGGER runs_withdraw_asks AFTER UPDATE OF state ON salvor.runs
  FOR EACH ROW WHEN (OLD.state <> NEW.state AND NEW.state <> 'running') EXECUTE FUNCTION salvor.withdraw_asks();
CREATE TRIGGER steps_withdraw_asks AFTER UPDATE OF state ON salvor.steps
  FOR EACH ROW WHEN (OLD.state = 'needs_person' AND NEW.state <> 'needs_person') EXECUTE FUNCTION salvor.withdraw_asks();
CREATE TRIGGER run_steps_withdraw_asks AFTER UPDATE OF state ON salvor.run_steps
  FOR EACH ROW WHEN (OLD.state = 'asked' AND NEW.state <> 'asked') EXECUTE FUNCTION salvor.withdraw_asks();

REVOKE ALL ON FUNCTION salvor.is_answered(text), salvor.fit_answer(), salvor.keep_ask(), salvor.keep_ask_due(), salvor.withdraw_asks() FROM PUBLIC;
