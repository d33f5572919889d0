-- What was asked and shown stays so, every column of it; what a step is as well; and whoever asks names nobody else's card.

-- Keeps a row as it was but for the columns that its trigger names: one that somebody adds later is held until it is
-- named there. The first argument is what the row is called.
CREATE FUNCTION salvor.keep_rest() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_jsonb(OLD) - TG_ARGV[1:] IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV[1:] THEN
    RAISE EXCEPTION 'what % % is cannot be changed', TG_ARGV[0], OLD.id;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER approvals_keep_rest BEFORE UPDATE ON salvor.approvals FOR EACH ROW EXECUTE FUNCTION
  salvor.keep_rest('approval', 'state', 'granted_at', 'run_by', 'why', 'reminded_at', 'escalated_at', 'page', 'paged_at',
                   'acknowledged_by', 'acknowledged_at');
CREATE TRIGGER steps_keep_rest BEFORE UPDATE ON salvor.steps FOR EACH ROW EXECUTE FUNCTION
  salvor.keep_rest('step', 'state', 'attempt', 'fence', 'runner', 'output', 'records', 'failure', 'progress', 'started_at',
                   'finished_at', 'seen_at');

-- No attempt of a step comes back, and what it found stays what it was when it was done.
CREATE FUNCTION salvor.keep_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.fence < OLD.fence OR NEW.attempt < OLD.attempt THEN
    RAISE EXCEPTION 'step % does not go back to an earlier attempt', OLD.id;
  END IF;
  IF OLD.state = 'done' AND (OLD.output, OLD.records) IS DISTINCT FROM (NEW.output, NEW.records) THEN
    RAISE EXCEPTION 'what step % found cannot be changed after it was done', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER steps_keep BEFORE UPDATE ON salvor.steps FOR EACH ROW EXECUTE FUNCTION salvor.keep_step();

-- Turning to others happens once, when its time has come, and only to those who were named from the beginning.
CREATE FUNCTION salvor.keep_escalation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.escalated_at IS NOT NULL OR OLD.escalate_to IS DISTINCT FROM NEW.escalate_to
     OR (OLD.escalate_at <= clock_timestamp()) IS NOT TRUE THEN
    RAISE EXCEPTION '% % cannot turn to others now', TG_ARGV[0], OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_keep_escalation BEFORE UPDATE ON salvor.approvals
  FOR EACH ROW WHEN (OLD.escalated_at IS DISTINCT FROM NEW.escalated_at OR OLD.escalate_to IS DISTINCT FROM NEW.escalate_to)
  EXECUTE FUNCTION salvor.keep_escalation('approval');

-- What else may change of an approval, and how.
CREATE FUNCTION salvor.keep_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- Once granted it has to begin in the time that the policy gave, and no later.
  IF (OLD.granted_at, OLD.run_by) IS DISTINCT FROM (NEW.granted_at, NEW.run_by)
     AND ((OLD.state, NEW.state) <> ('asked', 'granted')
          OR NEW.run_by > clock_timestamp() + NEW.run_within_ms * interval '1 ms' + interval '5 s') THEN
    RAISE EXCEPTION 'when approval % has to be used cannot be changed', OLD.id;
  END IF;
  IF OLD.why IS DISTINCT FROM NEW.why AND OLD.state = NEW.state
     OR OLD.reminded_at IS NOT NULL AND OLD.reminded_at IS DISTINCT FROM NEW.reminded_at
     OR OLD.page IS NOT NULL AND OLD.page IS DISTINCT FROM NEW.page
     OR OLD.paged_at IS NOT NULL AND OLD.paged_at IS DISTINCT FROM NEW.paged_at
     OR OLD.acknowledged_at IS NOT NULL
        AND (OLD.acknowledged_by, OLD.acknowledged_at) IS DISTINCT FROM (NEW.acknowledged_by, NEW.acknowledged_at) THEN
    RAISE EXCEPTION 'what was said of approval % cannot be changed', OLD.id;
  END IF;
  -- The decisions that these states speak of are counted, whoever writes them. Whoever went on over a finding has decided
  -- already: another person looks at it, and nobody does so alone.
  IF NEW.state IN ('granted', 'used') AND OLD.state <> NEW.state
     AND (SELECT count(*) FROM salvor.decisions d
           WHERE d.approval = NEW.id AND d.decision = 'approve' AND NOT d.emergency
             AND (NEW.second_factor IS NULL OR d.factor = NEW.second_factor)
             AND NOT (NEW.not_requester AND d.person = NEW.requester)
             AND NOT EXISTS (SELECT FROM salvor.acceptances f WHERE f.job = NEW.job AND f.person = d.person)) < NEW.count
     AND NOT (
       -- Only whoever asked, only when its time had come, and only while nobody else had said anything.
       now() >= NEW.emergency_at IS TRUE
       AND NOT EXISTS (SELECT FROM salvor.acceptances f WHERE f.job = NEW.job)
       AND (SELECT count(*) FROM salvor.decisions d WHERE d.approval = NEW.id) = 1
       AND EXISTS (SELECT FROM salvor.decisions d
                    WHERE d.approval = NEW.id AND d.decision = 'approve' AND d.emergency AND d.person = NEW.requester
                      AND d.factor = 'totp' AND btrim(coalesce(d.reason, '')) <> ''))
  THEN
    RAISE EXCEPTION 'approval % lacks the decisions of % people', NEW.id, NEW.count;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_keep BEFORE UPDATE ON salvor.approvals FOR EACH ROW EXECUTE FUNCTION salvor.keep_approval();

-- An approval begins by being asked, for the job's requester and for a step of that job, at the attempt that it is at;
-- under the next number of that job, so that nobody takes the name of a card that another job will need; and shows what
-- cards show.
CREATE FUNCTION salvor.begin_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.state <> 'asked' THEN
    RAISE EXCEPTION 'approval % must begin as asked, not as %', NEW.id, NEW.state;
  END IF;
  IF NOT EXISTS (
    SELECT FROM salvor.jobs j JOIN salvor.steps s ON s.job = j.id
     WHERE j.id = NEW.job AND s.id = NEW.step AND j.incident = NEW.incident AND j.requester = NEW.requester
       AND s.attempt = NEW.attempt)
     OR NEW.id <> NEW.job || '/a' || (SELECT count(*) + 1 FROM salvor.approvals a WHERE a.job = NEW.job)
     OR NEW.digest !~ '^[0-9a-f]{64}$'
  THEN
    RAISE EXCEPTION 'approval % is not for what job % asks', NEW.id, NEW.job;
  END IF;
  IF jsonb_typeof(NEW.subject) <> 'object'
     OR EXISTS (SELECT FROM unnest(ARRAY['action', 'verb', 'target', 'proven', 'unproven', 'lost', 'back']) k
                 WHERE jsonb_typeof(NEW.subject->k) IS DISTINCT FROM 'string')
     OR EXISTS (SELECT FROM unnest(ARRAY['does', 'details']) k WHERE jsonb_typeof(NEW.subject->k) IS DISTINCT FROM 'array')
     OR EXISTS (SELECT FROM unnest(ARRAY['ceiling', 'binds']) k WHERE jsonb_typeof(NEW.subject->k) IS DISTINCT FROM 'object')
  THEN
    RAISE EXCEPTION 'approval % shows no card', NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_begin BEFORE INSERT ON salvor.approvals FOR EACH ROW EXECUTE FUNCTION salvor.begin_approval();

REVOKE ALL ON FUNCTION salvor.keep_rest(), salvor.keep_step(), salvor.keep_escalation(), salvor.keep_approval(), salvor.begin_approval() FROM PUBLIC;
