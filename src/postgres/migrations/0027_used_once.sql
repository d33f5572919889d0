-- An approval is used once, and told where it is used: told later it would seem to stand behind what took the job up
-- again. Whoever speaks for the store itself is held to it by the engine.
CREATE FUNCTION salvor.tell_use_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT salvor.speaks() AND (
       EXISTS (SELECT FROM salvor.events e
                WHERE e.incident = NEW.incident AND e.job = NEW.job AND e.type = 'approval_used'
                  AND e.data->>'approval' = NEW.data->>'approval')
       OR NOT EXISTS (SELECT FROM salvor.approvals u
                       WHERE u.id = NEW.data->>'approval' AND u.xmin = pg_current_xact_id()::xid))
  THEN
    PERFORM salvor.refuse(format('approval %s was used before: a worker does not tell it again', NEW.data->>'approval'));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER events_tell_use_once BEFORE INSERT ON salvor.events
  FOR EACH ROW WHEN (NEW.type = 'approval_used') EXECUTE FUNCTION salvor.tell_use_once();
REVOKE ALL ON FUNCTION salvor.tell_use_once() FROM PUBLIC;

-- Does an approval hold for a step, now? One of its own was granted for this attempt and is in time. The one approval of
-- a job's reversible steps was used up by the first of them, and holds for those that it covers while the job is at
-- work: it ends where the job was taken up again, counted from the first word of its use.
CREATE FUNCTION salvor.approval_holds(approval_ text, step_ text) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM salvor.approvals a JOIN salvor.steps s ON s.id = step_ AND s.job = a.job
     WHERE a.id = approval_
       AND (a.state = 'granted' AND a.step = s.id AND a.attempt = s.attempt AND a.run_by >= now()
            OR a.state = 'used' AND s.shared AND s.risk = 'reversible' AND a.subject->'binds'->'covers' ? s.name
               AND EXISTS (
                 SELECT FROM (SELECT min(u.no) AS no FROM salvor.events u
                               WHERE u.incident = a.incident AND u.job = a.job AND u.type = 'approval_used'
                                 AND u.data->>'approval' = a.id) f
                  WHERE f.no IS NOT NULL
                    AND NOT EXISTS (SELECT FROM salvor.events r
                                     WHERE r.incident = a.incident AND r.job = a.job AND r.no > f.no
                                       AND r.type IN ('job_resumed', 'job_retried')))))
$$;
REVOKE ALL ON FUNCTION salvor.approval_holds(text, text) FROM PUBLIC;

-- Starts an attempt, and uses up the approval that it needs, in one.
CREATE OR REPLACE FUNCTION salvor.start_step(step_ text, fence_ bigint, runner_ text, approval_ text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  s salvor.steps;
  j salvor.jobs;
BEGIN
  SELECT * INTO s FROM salvor.steps WHERE id = step_ FOR NO KEY UPDATE;
  SELECT * INTO j FROM salvor.jobs WHERE id = s.job;
  IF NOT salvor.speaks() THEN
    PERFORM salvor.need_job(j.id);
    PERFORM salvor.need_lease(step_);
  END IF;
  IF s.state IS DISTINCT FROM 'waiting' OR s.fence <> fence_ - 1 OR j.state <> 'running' OR j.stop_requested_at IS NOT NULL
     OR EXISTS (SELECT FROM salvor.steps b WHERE b.job = s.job AND b.position < s.position AND b.state NOT IN ('done', 'skipped'))
  THEN
    RETURN false;
  END IF;
  IF s.needs_approval OR s.shared OR approval_ IS NOT NULL THEN
    -- Whoever decides about it meanwhile waits, and what it holds by is read behind that.
    PERFORM FROM salvor.approvals WHERE id = approval_ FOR NO KEY UPDATE;
    IF NOT salvor.approval_holds(approval_, step_) THEN
      RETURN false;
    END IF;
    -- need_quorum counts the decisions once more.
    UPDATE salvor.approvals SET state = 'used' WHERE id = approval_ AND state = 'granted';
  END IF;
  UPDATE salvor.steps SET state = 'running', fence = fence_, runner = runner_, started_at = now(), seen_at = now(),
         finished_at = NULL, failure = NULL, progress = NULL
   WHERE id = step_;
  RETURN true;
END $$;
