-- What workers and their runners may do in Salvor's store. The owner creates the role (`CREATE ROLE salvor_worker
-- LOGIN`), then `salvor migrate`, run as the owner, applies this; it may also be run with psql.
-- A worker moves steps and asks for approvals. It cannot decide, cannot change what was asked, cannot speak for people.
GRANT USAGE ON SCHEMA salvor TO salvor_worker;
GRANT SELECT ON public.salvor_migrations TO salvor_worker;
GRANT SELECT ON salvor.plans, salvor.incidents, salvor.events, salvor.jobs, salvor.steps, salvor.approvals,
                salvor.decisions, salvor.acceptances, salvor.locks, salvor.workers, salvor.runs, salvor.run_steps TO salvor_worker;

-- Steps are written with the request. What an earlier version gave is taken back.
REVOKE INSERT ON salvor.steps FROM salvor_worker;
GRANT INSERT ON salvor.events, salvor.approvals TO salvor_worker;
GRANT UPDATE (state, recovered_at) ON salvor.incidents TO salvor_worker;
GRANT UPDATE (state, waiting_for, stop_requested_by, stop_requested_at, clean_up_requested_by, finished_at, outcome,
              left_behind, last_event) ON salvor.jobs TO salvor_worker;
GRANT UPDATE (state, attempt, fence, runner, output, records, failure, progress, started_at, finished_at, seen_at)
   ON salvor.steps TO salvor_worker;
-- `granted` needs decisions (need_quorum), and those only the bot can write.
GRANT UPDATE (state, why) ON salvor.approvals TO salvor_worker;
GRANT INSERT, DELETE ON salvor.locks TO salvor_worker;
GRANT INSERT, UPDATE ON salvor.workers TO salvor_worker;

-- Wakeups, where they go over PostgreSQL.
DO $$ BEGIN
  IF to_regnamespace('bullmq') IS NOT NULL THEN
    GRANT USAGE ON SCHEMA bullmq TO salvor_worker;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bullmq TO salvor_worker;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA bullmq TO salvor_worker;
  END IF;
END $$;
