-- The one approval of a job's reversible steps ends where the job came to rest, in the store as well as in the engine.
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
    -- need_quorum counts the decisions once more.
    UPDATE salvor.approvals SET state = 'used'
     WHERE id = approval_ AND step = step_ AND attempt = s.attempt AND state = 'granted' AND run_by >= now();
    -- The one approval of all reversible steps was used up by the first of them.
    IF NOT FOUND AND NOT (s.shared AND s.risk = 'reversible' AND EXISTS (
      SELECT FROM salvor.approvals a
       WHERE a.id = approval_ AND a.job = s.job AND a.state = 'used' AND a.subject->'binds'->'covers' ? s.name
         -- It holds while the job is at work: what was taken up again since it was used is asked about anew.
         AND EXISTS (
           SELECT FROM salvor.events u
            WHERE u.incident = j.incident AND u.job = s.job AND u.type = 'approval_used' AND u.data->>'approval' = a.id
              AND NOT EXISTS (SELECT FROM salvor.events r
                               WHERE r.incident = j.incident AND r.job = s.job AND r.no > u.no
                                 AND r.type IN ('job_resumed', 'job_retried')))))
    THEN
      RETURN false;
    END IF;
  END IF;
  UPDATE salvor.steps SET state = 'running', fence = fence_, runner = runner_, started_at = now(), seen_at = now(),
         finished_at = NULL, failure = NULL, progress = NULL
   WHERE id = step_;
  RETURN true;
END $$;
