-- What is believed of rows that a worker's role can write. Whoever cannot write decisions is no bot: such a role asks,
-- runs and tells, but speaks for nobody and cannot change what was proven.

-- The text that was hashed is kept, so that the store itself can see that the hash is of it and that it is the event.
ALTER TABLE salvor.events ADD COLUMN content text;

CREATE FUNCTION salvor.keep_content() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.hash IS DISTINCT FROM encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')
     OR NEW.content::jsonb IS DISTINCT FROM jsonb_build_object(
       'incident', NEW.incident, 'no', NEW.no, 'at', to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
       'type', NEW.type, 'job', NEW.job, 'actor', NEW.actor, 'data', NEW.data, 'prevHash', NEW.prev_hash)
  THEN
    RAISE EXCEPTION 'the hash of event % of incident % is not of what it says', NEW.no, NEW.incident;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER events_keep_content BEFORE INSERT ON salvor.events FOR EACH ROW EXECUTE FUNCTION salvor.keep_content();

CREATE FUNCTION salvor.speak_for_nobody() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF has_table_privilege(current_user, 'salvor.decisions', 'INSERT') THEN
    RETURN NEW;
  END IF;
  IF NEW.type NOT IN (
    'job_planned', 'job_started', 'job_succeeded', 'job_failed', 'job_stopped', 'job_needs_person', 'cleaned_up',
    'lock_taken', 'lock_released', 'step_started', 'step_done', 'step_failed', 'step_skipped', 'step_in_doubt',
    'step_settled', 'step_recorded', 'approval_asked', 'approval_used', 'approval_superseded', 'incident_recovered',
    'incident_reopened') OR NEW.job IS NULL
  THEN
    RAISE EXCEPTION 'a worker does not tell %', NEW.type;
  END IF;
  IF NOT EXISTS (SELECT FROM salvor.jobs j WHERE j.id = NEW.job AND j.incident = NEW.incident) THEN
    RAISE EXCEPTION 'the job % is not of incident %', NEW.job, NEW.incident;
  END IF;
  IF coalesce(NEW.data->>'by', 'salvor') <> 'salvor' OR NEW.actor <> 'salvor' THEN
    -- It stopped because somebody said so, and that stands in the journal.
    IF NEW.type <> 'job_stopped' OR NEW.data->>'by' IS DISTINCT FROM NEW.actor OR NOT EXISTS (
      SELECT FROM salvor.events e
       WHERE e.incident = NEW.incident AND e.job = NEW.job AND e.type = 'stop_requested' AND e.actor = NEW.actor)
    THEN
      RAISE EXCEPTION 'a worker does not speak for %', NEW.actor;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER events_by_workers BEFORE INSERT ON salvor.events FOR EACH ROW EXECUTE FUNCTION salvor.speak_for_nobody();

-- What a step is stays what the bot wrote, and what it found stays what it was when it was done.
CREATE FUNCTION salvor.keep_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (OLD.id, OLD.job, OLD.position, OLD.name, OLD.risk, OLD.needs_approval, OLD.approval_from)
     IS DISTINCT FROM (NEW.id, NEW.job, NEW.position, NEW.name, NEW.risk, NEW.needs_approval, NEW.approval_from)
  THEN
    RAISE EXCEPTION 'what step % is cannot be changed', OLD.id;
  END IF;
  IF OLD.state = 'done' AND (OLD.output, OLD.records) IS DISTINCT FROM (NEW.output, NEW.records) THEN
    RAISE EXCEPTION 'what step % found cannot be changed after it was done', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER steps_keep BEFORE UPDATE ON salvor.steps FOR EACH ROW EXECUTE FUNCTION salvor.keep_step();

-- An approval is asked for the job's requester and for a step of that job, at the attempt that it is at.
CREATE FUNCTION salvor.ask_for_requester() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM salvor.jobs j JOIN salvor.steps s ON s.job = j.id
     WHERE j.id = NEW.job AND s.id = NEW.step AND j.incident = NEW.incident AND j.requester = NEW.requester
       AND s.attempt = NEW.attempt)
  THEN
    RAISE EXCEPTION 'approval % is not for what job % asks', NEW.id, NEW.job;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_for_requester BEFORE INSERT ON salvor.approvals
  FOR EACH ROW EXECUTE FUNCTION salvor.ask_for_requester();

-- No guard looks names up where somebody else may have put something.
ALTER FUNCTION salvor.refuse_change() SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION salvor.need_quorum() SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION salvor.begin_asked() SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION salvor.keep_moves() SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION salvor.keep_escalation() SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION salvor.keep_terms() SET search_path = pg_catalog, pg_temp;
