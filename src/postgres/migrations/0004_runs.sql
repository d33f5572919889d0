-- One execution of a procedure: its steps with the order between them, and the jobs that were asked for.
CREATE TABLE salvor.runs (
  id             text PRIMARY KEY,
  incident       bigint NOT NULL REFERENCES salvor.incidents,
  procedure      text NOT NULL,
  title          text NOT NULL,
  state          text NOT NULL,
  words          text NOT NULL,
  requester      text NOT NULL,
  requester_slack text,
  requested_at   timestamptz(3) NOT NULL,
  plan_digest    text NOT NULL,
  from_step      int,
  waiting_for    salvor.code_with_facts,
  stop_requested_by text,
  stop_requested_at timestamptz(3),
  finished_at    timestamptz(3)
);
CREATE INDEX runs_by_incident ON salvor.runs (incident, requested_at);
CREATE INDEX runs_moving ON salvor.runs (state) WHERE state NOT IN ('succeeded', 'stopped');
-- The same procedure twice at a time in one incident would fight itself over its locks.
CREATE UNIQUE INDEX runs_one_a_procedure ON salvor.runs (incident, procedure) WHERE state = 'running';

CREATE TABLE salvor.run_steps (
  id             text PRIMARY KEY,
  run            text NOT NULL REFERENCES salvor.runs,
  position       int NOT NULL,
  verb           text NOT NULL,
  about          text NOT NULL,
  system         text,
  owner          text,
  after          int[] NOT NULL,
  state          text NOT NULL,
  attempt        int NOT NULL DEFAULT 1,
  job            text REFERENCES salvor.jobs,
  asked_by       text,
  asked_by_slack text,
  done_by        text,
  evidence       text,
  done_at        timestamptz(3),
  failure        jsonb,
  UNIQUE (run, position)
);
CREATE INDEX run_steps_by_job ON salvor.run_steps (job) WHERE job IS NOT NULL;

-- A started step has its job, a done one the person who did it: no state without what it speaks of.
ALTER TABLE salvor.run_steps
  ADD CONSTRAINT run_steps_started CHECK (state <> 'started' OR job IS NOT NULL),
  ADD CONSTRAINT run_steps_done CHECK (state <> 'done' OR (done_by IS NOT NULL AND evidence IS NOT NULL));

INSERT INTO salvor.legal_moves (thing, from_state, to_state) VALUES
  ('runs', 'running', 'succeeded'), ('runs', 'running', 'failed'), ('runs', 'running', 'stopped'),
  ('runs', 'running', 'needs_person'),
  ('runs', 'failed', 'running'), ('runs', 'stopped', 'running'),
  ('runs', 'needs_person', 'running'), ('runs', 'needs_person', 'stopped'),
  ('run_steps', 'waiting', 'started'), ('run_steps', 'waiting', 'asked'), ('run_steps', 'waiting', 'refused'),
  ('run_steps', 'started', 'waiting'), ('run_steps', 'asked', 'done'), ('run_steps', 'refused', 'waiting');

CREATE TRIGGER runs_move BEFORE UPDATE OF state ON salvor.runs FOR EACH ROW EXECUTE FUNCTION salvor.check_move();
CREATE TRIGGER run_steps_move BEFORE UPDATE OF state ON salvor.run_steps FOR EACH ROW EXECUTE FUNCTION salvor.check_move();
