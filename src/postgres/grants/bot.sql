-- What the bot may do in Salvor's store. The owner creates the role (`CREATE ROLE salvor_bot LOGIN`), then
-- `salvor migrate`, run as the owner, applies this; it may also be run with psql.
-- Only this role may write decisions. It may not touch what was written into the journal, nor the journal's head.
GRANT USAGE ON SCHEMA salvor TO salvor_bot;
GRANT SELECT ON public.salvor_migrations TO salvor_bot;
GRANT SELECT ON ALL TABLES IN SCHEMA salvor TO salvor_bot;

-- What people say and decide.
GRANT INSERT ON salvor.events, salvor.decisions, salvor.acceptances, salvor.jobs, salvor.steps, salvor.requests, salvor.runs, salvor.run_steps TO salvor_bot;
GRANT INSERT (number, title, severity, state, channel, system, opened_by, opened_at, began_at, began_source, deadline,
              recovered_at, closed_at) ON salvor.incidents TO salvor_bot;
GRANT UPDATE (title, severity, state, channel, system, began_at, began_source, deadline, recovered_at, closed_at, lead,
              update_text, updated_by, updated_at)
   ON salvor.incidents TO salvor_bot;
GRANT UPDATE (state, waiting_for, stop_requested_by, stop_requested_at, clean_up_requested_by, finished_at, outcome,
              left_behind, last_event) ON salvor.jobs TO salvor_bot;
GRANT UPDATE (state, attempt, failure, progress) ON salvor.steps TO salvor_bot;
GRANT UPDATE (state, granted_at, run_by, why, reminded_at, escalated_at) ON salvor.approvals TO salvor_bot;
GRANT UPDATE (state, waiting_for, stop_requested_by, stop_requested_at, finished_at) ON salvor.runs TO salvor_bot;
GRANT UPDATE (state, attempt, job, asked_by, asked_by_slack, done_by, evidence, done_at, failure)
   ON salvor.run_steps TO salvor_bot;
GRANT UPDATE (answer) ON salvor.requests TO salvor_bot;
GRANT INSERT, UPDATE ON salvor.counters TO salvor_bot;
GRANT INSERT ON salvor.used_codes, salvor.wrong_codes, salvor.outbox TO salvor_bot;
GRANT INSERT, UPDATE ON salvor.code_turns TO salvor_bot;
GRANT INSERT ON salvor.shown_cards, salvor.wrong_card_codes TO salvor_bot;
GRANT UPDATE (told_at) ON salvor.outbox TO salvor_bot;
GRANT INSERT, DELETE ON salvor.locks TO salvor_bot;

-- The plan in force, and what was told in Slack.
GRANT INSERT, UPDATE (in_force_since) ON salvor.plans TO salvor_bot;
GRANT INSERT, UPDATE ON salvor.messages, salvor.positions, salvor.surface_leases TO salvor_bot;

-- Wakeups, where they go over PostgreSQL.
DO $$ BEGIN
  IF to_regnamespace('bullmq') IS NOT NULL THEN
    GRANT USAGE ON SCHEMA bullmq TO salvor_bot;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bullmq TO salvor_bot;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA bullmq TO salvor_bot;
  END IF;
END $$;
