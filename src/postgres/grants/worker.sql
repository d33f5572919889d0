-- What workers and their runners may do in Salvor's store. The owner creates the role (`CREATE ROLE salvor_worker
-- LOGIN`), then `salvor migrate`, run as the owner, applies this; it may also be run with psql.
-- A worker reads, and moves what is its own through functions that hold it to what it may (migrations/0021). It writes
-- into no table of the store.
-- What an earlier version gave is taken back.
REVOKE ALL ON ALL TABLES IN SCHEMA salvor FROM salvor_worker;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA salvor FROM salvor_worker;
GRANT USAGE ON SCHEMA salvor TO salvor_worker;
GRANT SELECT ON public.salvor_migrations TO salvor_worker;
GRANT SELECT ON salvor.plans, salvor.policies, salvor.incidents, salvor.events, salvor.jobs, salvor.steps, salvor.approvals,
                salvor.decisions, salvor.acceptances, salvor.locks, salvor.workers, salvor.worker_roles, salvor.runs, salvor.run_steps,
                salvor.uploads, salvor.asks, salvor.answers
   TO salvor_worker;
GRANT EXECUTE ON FUNCTION
  salvor.hold_incident(bigint), salvor.hold_job(text), salvor.append(text), salvor.update_job(text, jsonb),
  salvor.update_incident(bigint, jsonb), salvor.approval_holds(text, text),
  salvor.start_step(text, bigint, text, text),
  salvor.move_step(text, text, bigint, text, jsonb), salvor.beat(text, bigint, text, jsonb), salvor.ask_approval(jsonb),
  salvor.supersede_approval(text, jsonb), salvor.take_lock(text, text, text), salvor.release_lock(text, text),
  salvor.say_alive(text, text, text)
   TO salvor_worker;

-- Wakeups, where they go over PostgreSQL.
DO $$ BEGIN
  IF to_regnamespace('bullmq') IS NOT NULL THEN
    GRANT USAGE ON SCHEMA bullmq TO salvor_worker;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bullmq TO salvor_worker;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA bullmq TO salvor_worker;
  END IF;
END $$;
