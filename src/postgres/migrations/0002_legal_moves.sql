-- The tables of legal moves, kept by the database as well: whatever a program believes, a job, a step or an approval
-- never takes a way that the design does not know: a used approval that was armed again would go round its decisions. A test compares these rows with the domain's own tables.
CREATE TABLE salvor.legal_moves (
  thing      text NOT NULL CHECK (thing IN ('jobs', 'steps', 'approvals', 'runs', 'run_steps')),
  from_state text NOT NULL,
  to_state   text NOT NULL,
  PRIMARY KEY (thing, from_state, to_state)
);

INSERT INTO salvor.legal_moves (thing, from_state, to_state) VALUES
  ('jobs', 'requested', 'planned'), ('jobs', 'requested', 'failed'), ('jobs', 'requested', 'stopped'),
  ('jobs', 'planned', 'running'), ('jobs', 'planned', 'failed'), ('jobs', 'planned', 'stopped'),
  ('jobs', 'running', 'awaiting_approval'), ('jobs', 'running', 'awaiting_person'), ('jobs', 'running', 'succeeded'),
  ('jobs', 'running', 'failed'), ('jobs', 'running', 'stopped'), ('jobs', 'running', 'needs_person'),
  ('jobs', 'awaiting_approval', 'running'), ('jobs', 'awaiting_approval', 'rejected'),
  ('jobs', 'awaiting_approval', 'stopped'), ('jobs', 'awaiting_approval', 'failed'),
  ('jobs', 'awaiting_person', 'running'), ('jobs', 'awaiting_person', 'failed'), ('jobs', 'awaiting_person', 'stopped'),
  ('jobs', 'failed', 'running'), ('jobs', 'failed', 'requested'),
  ('jobs', 'stopped', 'running'), ('jobs', 'stopped', 'requested'),
  ('jobs', 'needs_person', 'running'), ('jobs', 'needs_person', 'failed'), ('jobs', 'needs_person', 'stopped'),
  ('steps', 'waiting', 'running'), ('steps', 'waiting', 'skipped'),
  ('steps', 'running', 'done'), ('steps', 'running', 'failed'), ('steps', 'running', 'in_doubt'), ('steps', 'running', 'waiting'),
  ('steps', 'failed', 'waiting'),
  ('steps', 'in_doubt', 'done'), ('steps', 'in_doubt', 'waiting'), ('steps', 'in_doubt', 'needs_person'),
  ('steps', 'needs_person', 'done'), ('steps', 'needs_person', 'waiting'),
  ('approvals', 'asked', 'granted'), ('approvals', 'asked', 'rejected'), ('approvals', 'asked', 'expired'),
  ('approvals', 'asked', 'superseded'),
  ('approvals', 'granted', 'used'), ('approvals', 'granted', 'expired'), ('approvals', 'granted', 'superseded');

CREATE FUNCTION salvor.check_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.state IS DISTINCT FROM OLD.state AND NOT EXISTS (
    SELECT FROM salvor.legal_moves m
     WHERE m.thing = TG_TABLE_NAME AND m.from_state = OLD.state AND m.to_state = NEW.state) THEN
    RAISE EXCEPTION '% % may not move from % to %', TG_TABLE_NAME, NEW.id, OLD.state, NEW.state;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER jobs_move BEFORE UPDATE OF state ON salvor.jobs FOR EACH ROW EXECUTE FUNCTION salvor.check_move();
CREATE TRIGGER steps_move BEFORE UPDATE OF state ON salvor.steps FOR EACH ROW EXECUTE FUNCTION salvor.check_move();
CREATE TRIGGER approvals_move BEFORE UPDATE OF state ON salvor.approvals FOR EACH ROW EXECUTE FUNCTION salvor.check_move();
