-- An approval is used once: a worker that was taken over cannot tell it anew and let it stand again.
-- What a worker says must be what the store's rows say at that moment.
CREATE OR REPLACE FUNCTION salvor.check_said(said jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  type_ text := said->>'type';
  data_ jsonb := said->'data';
  actor_ text := said->>'actor';
  j salvor.jobs;
  s salvor.steps;
  a salvor.approvals;
  i salvor.incidents;
BEGIN
  SELECT * INTO j FROM salvor.jobs WHERE id = said->>'job' AND incident = (said->>'incident')::bigint;
  IF NOT FOUND THEN
    PERFORM salvor.refuse(format('a worker does not tell %s of no job of the incident', type_));
  END IF;
  PERFORM salvor.need_job(j.id);
  IF coalesce(data_->>'by', 'salvor') <> 'salvor' OR actor_ <> 'salvor' THEN
    -- It stopped because somebody said so, and that stands in the journal.
    IF type_ <> 'job_stopped' OR data_->>'by' IS DISTINCT FROM actor_ OR NOT EXISTS (
      SELECT FROM salvor.events e
       WHERE e.incident = j.incident AND e.job = j.id AND e.type = 'stop_requested' AND e.actor = actor_)
    THEN
      PERFORM salvor.refuse(format('a worker does not speak for %s', actor_));
    END IF;
  END IF;

  IF type_ IN ('job_planned', 'job_started', 'job_succeeded', 'job_failed', 'job_stopped', 'job_needs_person') THEN
    IF j.state <> (CASE type_ WHEN 'job_started' THEN 'running' ELSE substr(type_, 5) END) THEN
      PERFORM salvor.refuse(format('job %s is %s: a worker does not tell %s', j.id, j.state, type_));
    END IF;
  ELSIF type_ IN ('step_started', 'step_done', 'step_failed', 'step_in_doubt', 'step_settled', 'step_recorded') THEN
    SELECT * INTO s FROM salvor.steps WHERE job = j.id AND name = data_->>'step';
    PERFORM salvor.need_lease(s.id);
    IF s.state IS NULL
       OR (type_ = 'step_started' AND (s.state <> 'running' OR (data_->>'fence')::bigint IS DISTINCT FROM s.fence
                                       OR NOT salvor.acts_for(data_->>'worker')))
       OR (type_ = 'step_done' AND (s.state <> 'done' OR data_->'output' IS DISTINCT FROM coalesce(s.output, 'null')))
       OR (type_ = 'step_failed' AND s.state <> 'failed')
       OR (type_ = 'step_in_doubt' AND s.state <> 'in_doubt')
       OR (type_ = 'step_recorded' AND s.records->(data_->>'name') IS DISTINCT FROM data_->'value')
    THEN
      PERFORM salvor.refuse(format('step %s is %s: a worker does not tell %s of it', s.id, s.state, type_));
    END IF;
  ELSIF type_ IN ('approval_asked', 'approval_used', 'approval_superseded') THEN
    SELECT * INTO a FROM salvor.approvals WHERE job = j.id AND id = data_->>'approval';
    IF a.state IS DISTINCT FROM substr(type_, 10)
       OR (type_ = 'approval_asked' AND (data_->>'digest' IS DISTINCT FROM a.digest OR data_->'subject' IS DISTINCT FROM a.subject))
    THEN
      PERFORM salvor.refuse(format('approval %s is %s: a worker does not tell %s of it', a.id, a.state, type_));
    END IF;
    -- Told where it is used and once: told later it would seem to stand behind what took the job up again.
    IF type_ = 'approval_used' AND (
         EXISTS (SELECT FROM salvor.events e
                  WHERE e.incident = j.incident AND e.job = j.id AND e.type = 'approval_used' AND e.data->>'approval' = a.id)
         OR NOT EXISTS (SELECT FROM salvor.approvals u WHERE u.id = a.id AND u.xmin = pg_current_xact_id()::xid))
    THEN
      PERFORM salvor.refuse(format('approval %s was used before: a worker does not tell it again', a.id));
    END IF;
  ELSIF type_ IN ('lock_taken', 'lock_released') THEN
    IF data_->>'target' IS DISTINCT FROM j.lock_target
       OR (type_ = 'lock_taken') <> EXISTS (SELECT FROM salvor.locks l WHERE l.target = j.lock_target AND l.job = j.id) THEN
      PERFORM salvor.refuse(format('a worker does not tell %s of what job %s has not', type_, j.id));
    END IF;
  ELSIF type_ IN ('incident_recovered', 'incident_reopened') THEN
    SELECT * INTO i FROM salvor.incidents WHERE number = j.incident;
    IF i.state <> (CASE type_ WHEN 'incident_recovered' THEN 'recovered' ELSE 'open' END) OR j.state <> 'succeeded' THEN
      PERFORM salvor.refuse(format('a worker does not tell %s of incident %s', type_, i.number));
    END IF;
  ELSIF type_ = 'cleaned_up' THEN
    NULL;
  ELSE
    PERFORM salvor.refuse(format('a worker does not tell %s', type_));
  END IF;
END $$;

-- The one approval of a job's reversible steps ends where the job came to rest, counted from the first word of its use.
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
         -- It holds while the job is at work: what was taken up again since it was first told is asked about anew.
         AND EXISTS (
           SELECT FROM (SELECT min(u.no) AS no FROM salvor.events u
                         WHERE u.incident = j.incident AND u.job = s.job AND u.type = 'approval_used'
                           AND u.data->>'approval' = a.id) f
            WHERE f.no IS NOT NULL
              AND NOT EXISTS (SELECT FROM salvor.events r
                               WHERE r.incident = j.incident AND r.job = s.job AND r.no > f.no
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
