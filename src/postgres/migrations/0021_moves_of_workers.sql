-- The moves that workers make, as functions of the store's owner: a worker's role may call these and write into no
-- table. Whoever may write decisions (the bot; the owner, where one role does everything) speaks for people, and is
-- not held to what a worker may.

CREATE FUNCTION salvor.speaks() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT has_table_privilege(session_user, 'salvor.decisions', 'INSERT')
$$;

CREATE FUNCTION salvor.refuse(why text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '%', why USING ERRCODE = 'insufficient_privilege';
END $$;

-- May this login act for the jobs of a worker? One with a role of its own is served by that role alone.
CREATE FUNCTION salvor.acts_for(worker_ text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT salvor.speaks() OR worker_ IS NULL OR coalesce(
    (SELECT r.worker = worker_ FROM salvor.worker_roles r WHERE r.role = session_user),
    NOT EXISTS (SELECT FROM salvor.worker_roles r WHERE r.worker = worker_))
$$;

CREATE FUNCTION salvor.need_job(job_ text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM salvor.jobs j WHERE j.id = job_ AND salvor.acts_for(j.worker)) THEN
    PERFORM salvor.refuse(format('%s does not act for the worker of job %s', session_user, job_));
  END IF;
END $$;

-- The lease of a step is an advisory lock of this very session.
CREATE FUNCTION salvor.need_lease(step_ text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM pg_locks l
     WHERE l.locktype = 'advisory' AND l.pid = pg_backend_pid() AND l.granted AND l.objsubid = 1 AND l.mode = 'ExclusiveLock'
       AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
       AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('salvor step ' || step_, 0))
  THEN
    PERFORM salvor.refuse(format('the lease of step %s is not held by this session', step_));
  END IF;
END $$;

CREATE FUNCTION salvor.need_keys(patch jsonb, known text[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE unknown text;
BEGIN
  SELECT string_agg(k, ', ') INTO unknown FROM jsonb_object_keys(patch) k WHERE NOT k = ANY (known);
  IF unknown IS NOT NULL THEN
    PERFORM salvor.refuse(format('%s cannot be changed', unknown));
  END IF;
END $$;

-- Locks, always in the order job, incident.
CREATE FUNCTION salvor.hold_incident(number_ bigint) RETURNS SETOF salvor.incidents LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT salvor.speaks() AND NOT EXISTS (SELECT FROM salvor.jobs j WHERE j.incident = number_ AND salvor.acts_for(j.worker)) THEN
    PERFORM salvor.refuse(format('%s has no job in incident %s', session_user, number_));
  END IF;
  -- Not FOR UPDATE: that waits for whoever has just inserted a job of the incident, who may be waiting for us.
  RETURN QUERY SELECT * FROM salvor.incidents i WHERE i.number = number_ FOR NO KEY UPDATE;
END $$;

CREATE FUNCTION salvor.hold_job(job_ text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found_ bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM salvor.jobs j WHERE j.id = job_) THEN
    RETURN NULL;
  END IF;
  PERFORM salvor.need_job(job_);
  SELECT j.incident INTO found_ FROM salvor.jobs j WHERE j.id = job_ FOR NO KEY UPDATE;
  PERFORM FROM salvor.incidents i WHERE i.number = found_ FOR NO KEY UPDATE;
  RETURN found_;
END $$;

-- What a worker says must be what the store's rows say at that moment.
CREATE FUNCTION salvor.check_said(said jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
    -- Used once, and told where it is used: told later it would seem to stand behind what took the job up again.
    IF type_ = 'approval_used' AND (
         EXISTS (SELECT FROM salvor.events e
                  WHERE e.incident = j.incident AND e.job = j.id AND e.type = type_ AND e.data->>'approval' = a.id)
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

-- Appends one event. It is told as the text that is hashed, and every column is read from that text: there is no second
-- way to write the same event that could differ.
CREATE FUNCTION salvor.append(content_ text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  said jsonb := content_::jsonb;
  at_ timestamptz(3) := (said->>'at')::timestamptz;
BEGIN
  IF ARRAY(SELECT k FROM jsonb_object_keys(said) k ORDER BY k COLLATE "C")
     <> ARRAY['actor', 'at', 'data', 'incident', 'job', 'no', 'prevHash', 'type'] THEN
    PERFORM salvor.refuse('an event has exactly eight parts');
  END IF;
  IF at_ NOT BETWEEN clock_timestamp() - interval '1 min' AND clock_timestamp() + interval '1 s' THEN
    PERFORM salvor.refuse('an event happens now');
  END IF;
  IF NOT salvor.speaks() THEN
    PERFORM salvor.check_said(said);
  END IF;
  INSERT INTO salvor.events (incident, no, at, type, job, actor, data, prev_hash, hash, content)
  VALUES ((said->>'incident')::bigint, (said->>'no')::bigint, at_, said->>'type', said->>'job', said->>'actor', said->'data',
          said->>'prevHash', encode(sha256(convert_to(content_, 'UTF8')), 'hex'), content_);
  UPDATE salvor.jobs SET last_event = (said->>'no')::bigint WHERE id = said->>'job';
  PERFORM pg_notify('salvor_events', said->>'incident');
END $$;

CREATE FUNCTION salvor.update_job(job_ text, patch jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  old salvor.jobs;
  new_ salvor.jobs;
BEGIN
  PERFORM salvor.need_keys(patch, ARRAY['state', 'waiting_for', 'stop_requested_by', 'stop_requested_at',
    'clean_up_requested_by', 'finished_at', 'outcome', 'left_behind']);
  SELECT * INTO old FROM salvor.jobs WHERE id = job_ FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  new_ := jsonb_populate_record(old, patch);
  IF NOT salvor.speaks() THEN
    PERFORM salvor.need_job(job_);
    IF new_.state <> old.state AND NOT (CASE
         WHEN new_.state = 'failed' THEN true
         WHEN new_.state = 'stopped' THEN old.stop_requested_at IS NOT NULL
         WHEN (old.state, new_.state) = ('requested', 'planned') THEN old.lock_target IS NULL
           OR EXISTS (SELECT FROM salvor.locks l WHERE l.target = old.lock_target AND l.job = job_)
         WHEN (old.state, new_.state) = ('planned', 'running') THEN true
         WHEN (old.state, new_.state) = ('running', 'awaiting_approval') THEN
           EXISTS (SELECT FROM salvor.approvals a WHERE a.job = job_ AND a.state = 'asked')
         WHEN old.state = 'running' AND new_.state IN ('awaiting_person', 'needs_person') THEN true
         WHEN (old.state, new_.state) = ('running', 'succeeded') THEN
           NOT EXISTS (SELECT FROM salvor.steps s WHERE s.job = job_ AND s.state NOT IN ('done', 'skipped'))
         ELSE false END)
    THEN
      PERFORM salvor.refuse(format('a worker does not move job %s from %s to %s', job_, old.state, new_.state));
    END IF;
    -- What somebody asked for is taken back only by having been done.
    IF (new_.stop_requested_by, new_.stop_requested_at) IS DISTINCT FROM (old.stop_requested_by, old.stop_requested_at)
       AND NOT (new_.stop_requested_by IS NULL AND new_.stop_requested_at IS NULL AND new_.state IN ('failed', 'stopped'))
       OR new_.clean_up_requested_by IS DISTINCT FROM old.clean_up_requested_by AND new_.clean_up_requested_by IS NOT NULL
    THEN
      PERFORM salvor.refuse(format('a worker does not speak for whoever steers job %s', job_));
    END IF;
  END IF;
  UPDATE salvor.jobs SET state = new_.state, waiting_for = new_.waiting_for, stop_requested_by = new_.stop_requested_by,
         stop_requested_at = new_.stop_requested_at, clean_up_requested_by = new_.clean_up_requested_by,
         finished_at = new_.finished_at, outcome = new_.outcome, left_behind = new_.left_behind
   WHERE id = job_;
END $$;

-- A worker says only whether service is back, by a job that succeeded.
CREATE FUNCTION salvor.update_incident(number_ bigint, patch jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  old salvor.incidents;
  new_ salvor.incidents;
BEGIN
  PERFORM salvor.need_keys(patch, ARRAY['title', 'severity', 'state', 'channel', 'system', 'began_at', 'began_source',
    'deadline', 'recovered_at', 'closed_at', 'lead', 'update_text', 'updated_by', 'updated_at']);
  SELECT * INTO old FROM salvor.incidents WHERE number = number_ FOR NO KEY UPDATE;
  new_ := jsonb_populate_record(old, patch);
  IF NOT salvor.speaks() THEN
    PERFORM salvor.need_keys(patch, ARRAY['state', 'recovered_at']);
    IF (old.state, new_.state) NOT IN (('open', 'recovered'), ('recovered', 'open')) OR NOT EXISTS (
      SELECT FROM salvor.jobs j WHERE j.incident = number_ AND j.state = 'succeeded' AND salvor.acts_for(j.worker))
    THEN
      PERFORM salvor.refuse(format('a worker does not move incident %s from %s to %s', number_, old.state, new_.state));
    END IF;
  END IF;
  UPDATE salvor.incidents SET title = new_.title, severity = new_.severity, state = new_.state, channel = new_.channel,
         system = new_.system, began_at = new_.began_at, began_source = new_.began_source, deadline = new_.deadline,
         recovered_at = new_.recovered_at, closed_at = new_.closed_at, lead = new_.lead, update_text = new_.update_text,
         updated_by = new_.updated_by, updated_at = new_.updated_at
   WHERE number = number_;
END $$;

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

-- Starts an attempt, and uses up the approval that it needs, in one.
CREATE FUNCTION salvor.start_step(step_ text, fence_ bigint, runner_ text, approval_ text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
    -- keep_approval counts the decisions once more.
    UPDATE salvor.approvals SET state = 'used' WHERE id = approval_ AND state = 'granted';
  END IF;
  UPDATE salvor.steps SET state = 'running', fence = fence_, runner = runner_, started_at = now(), seen_at = now(),
         finished_at = NULL, failure = NULL, progress = NULL
   WHERE id = step_;
  RETURN true;
END $$;

-- Compare-and-set: false when the step is not what the caller believes. A running step is moved by whoever runs it; one
-- whose runner vanished becomes in doubt first.
CREATE FUNCTION salvor.move_step(step_ text, from_state text, fence_ bigint, runner_ text, patch jsonb) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  old salvor.steps;
  new_ salvor.steps;
BEGIN
  PERFORM salvor.need_keys(patch, ARRAY['state', 'attempt', 'runner', 'output', 'records', 'failure', 'progress', 'finished_at']);
  SELECT * INTO old FROM salvor.steps WHERE id = step_ FOR NO KEY UPDATE;
  IF NOT FOUND OR old.state <> from_state OR old.fence <> coalesce(fence_, old.fence)
     OR runner_ IS NOT NULL AND old.runner IS DISTINCT FROM runner_ THEN
    RETURN false;
  END IF;
  new_ := jsonb_populate_record(old, patch);
  IF NOT salvor.speaks() THEN
    PERFORM salvor.need_job(old.job);
    PERFORM salvor.need_lease(step_);
    IF NOT (CASE
         WHEN (old.state, new_.state) = ('running', 'in_doubt') THEN fence_ IS NOT NULL
         WHEN old.state = 'running' AND new_.state IN ('running', 'done', 'failed', 'waiting') THEN
           fence_ IS NOT NULL AND runner_ IS NOT NULL
         WHEN old.state = 'in_doubt' THEN new_.state IN ('done', 'waiting', 'needs_person')
         ELSE false END)
       OR new_.attempt <> old.attempt + (CASE WHEN new_.state = 'waiting' THEN 1 ELSE 0 END)
       OR new_.output IS DISTINCT FROM old.output AND new_.state <> 'done'
       OR new_.runner IS DISTINCT FROM old.runner AND new_.runner IS NOT NULL
    THEN
      PERFORM salvor.refuse(format('a worker does not move step %s from %s to %s like that', step_, old.state, new_.state));
    END IF;
  END IF;
  UPDATE salvor.steps SET state = new_.state, attempt = new_.attempt, runner = new_.runner, output = new_.output,
         records = new_.records, failure = new_.failure, progress = new_.progress, finished_at = new_.finished_at
   WHERE id = step_;
  RETURN true;
END $$;

-- A sign of life of whoever runs a step; no row when it is no longer theirs.
CREATE FUNCTION salvor.beat(step_ text, fence_ bigint, runner_ text, progress_ jsonb, OUT stop_requested_by text) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY UPDATE salvor.steps s SET seen_at = now(), progress = coalesce(progress_, s.progress)
    FROM salvor.jobs j
   WHERE s.id = step_ AND s.fence = fence_ AND s.runner = runner_ AND s.state = 'running' AND j.id = s.job
     AND salvor.acts_for(j.worker)
  RETURNING j.stop_requested_by;
END $$;

-- Asks. Quorum, roles, times and whether whoever asked may approve are the policy's, the requester is the job's. No row
-- where the plan wants no approval, or its policies are not known: then nobody can be asked.
CREATE FUNCTION salvor.ask_approval(asked jsonb) RETURNS SETOF salvor.approvals LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  s salvor.steps;
  j salvor.jobs;
  p salvor.policies;
  at_ timestamptz(3) := date_trunc('milliseconds', clock_timestamp());
  row_ jsonb;
  names text;
BEGIN
  SELECT * INTO s FROM salvor.steps WHERE id = asked->>'step';
  SELECT * INTO j FROM salvor.jobs WHERE id = s.job FOR NO KEY UPDATE;
  IF NOT salvor.speaks() THEN
    PERFORM salvor.need_job(j.id);
    PERFORM salvor.need_lease(s.id);
  END IF;
  IF j.state IS DISTINCT FROM 'running' OR s.state <> 'waiting' OR (asked->>'attempt')::int IS DISTINCT FROM s.attempt THEN
    PERFORM salvor.refuse(format('nothing is to be approved at step %s now', asked->>'step'));
  END IF;
  SELECT * INTO p FROM salvor.policies
   WHERE plan = j.plan_digest AND system = coalesce(s.policy_system, '') AND risk = s.risk AND count > 0;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  PERFORM salvor.need_keys(asked, ARRAY['id', 'step', 'attempt', 'digest', 'subject', 'why']);
  row_ := asked || jsonb_build_object(
    'incident', j.incident, 'job', j.id, 'state', 'asked', 'requester', j.requester,
    'from_roles', p.from_roles, 'count', p.count, 'not_requester', p.not_requester, 'second_factor', p.second_factor,
    'asked_at', at_, 'approve_by', at_ + p.approve_within_ms * interval '1 ms',
    -- Late enough to matter, early enough to act.
    'remind_at', at_ + p.approve_within_ms * interval '1 ms' * 2 / 3,
    'run_within_ms', p.run_within_ms,
    'escalate_to', p.escalate_to, 'escalate_at', at_ + p.escalate_after_ms * interval '1 ms',
    'emergency_from', p.emergency_from,
    -- Nobody goes on alone over a finding: that is for a second person to see.
    'emergency_at', CASE WHEN s.undoable AND NOT EXISTS (SELECT FROM salvor.acceptances f WHERE f.job = j.id) THEN at_ + p.emergency_after_ms * interval '1 ms' END);
  SELECT string_agg(format('%I', k), ', ') INTO names FROM jsonb_object_keys(row_) k;
  RETURN QUERY EXECUTE format(
    'INSERT INTO salvor.approvals (%1$s) SELECT %1$s FROM jsonb_populate_record(NULL::salvor.approvals, $1) RETURNING *', names)
    USING row_;
END $$;

-- Takes a card away: to ask anew, or because the job is stopped.
CREATE FUNCTION salvor.supersede_approval(approval_ text, why_ jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a salvor.approvals;
BEGIN
  SELECT * INTO a FROM salvor.approvals WHERE id = approval_;
  IF NOT salvor.speaks() THEN
    PERFORM salvor.need_job(a.job);
    IF NOT EXISTS (SELECT FROM salvor.jobs j WHERE j.id = a.job AND j.stop_requested_at IS NOT NULL) THEN
      PERFORM salvor.need_lease(a.step);
    END IF;
  END IF;
  UPDATE salvor.approvals SET state = 'superseded', why = why_ WHERE id = approval_;
END $$;

-- Answers the job that holds the lock on a target: the given one if it was free or its own already.
CREATE FUNCTION salvor.take_lock(target_ text, job_ text, reason_ text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT salvor.speaks() THEN
    PERFORM salvor.need_job(job_);
    IF NOT EXISTS (SELECT FROM salvor.jobs j WHERE j.id = job_ AND j.lock_target = target_ AND j.state = 'requested') THEN
      PERFORM salvor.refuse(format('job %s takes no lock on %s now', job_, target_));
    END IF;
  END IF;
  INSERT INTO salvor.locks (target, job, reason, taken_at) VALUES (target_, job_, reason_, now()) ON CONFLICT DO NOTHING;
  RETURN coalesce((SELECT l.job FROM salvor.locks l WHERE l.target = target_), job_);
END $$;

CREATE FUNCTION salvor.release_lock(target_ text, job_ text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT salvor.speaks() THEN
    PERFORM salvor.need_job(job_);
    IF NOT EXISTS (
      SELECT FROM salvor.jobs j WHERE j.id = job_ AND j.state IN ('succeeded', 'failed', 'stopped', 'rejected')) THEN
      PERFORM salvor.refuse(format('job %s is not at its end: its lock stays', job_));
    END IF;
  END IF;
  DELETE FROM salvor.locks l WHERE l.target = target_ AND l.job = job_;
  RETURN FOUND;
END $$;

CREATE FUNCTION salvor.say_alive(worker_ text, process_ text, plan_ text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT salvor.acts_for(worker_) THEN
    PERFORM salvor.refuse(format('%s is not the role of the worker %s', session_user, worker_));
  END IF;
  INSERT INTO salvor.workers (name, process, plan_digest, seen_at) VALUES (worker_, process_, plan_, now())
  ON CONFLICT (name) DO UPDATE SET process = excluded.process, plan_digest = excluded.plan_digest, seen_at = now();
END $$;

-- PUBLIC may execute functions unless told otherwise. Who may is in grants/*.sql.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA salvor FROM PUBLIC;
