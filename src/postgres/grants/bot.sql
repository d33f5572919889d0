-- What the bot may do in Salvor's store. The owner creates the role (`CREATE ROLE salvor_bot LOGIN`), then
-- `salvor migrate`, run as the owner, applies this; it may also be run with psql.
-- Only this role may write decisions. It may not touch what was written into the journal, nor the journal's head.
-- What an earlier version gave is taken back.
REVOKE ALL ON ALL TABLES IN SCHEMA salvor FROM salvor_bot;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA salvor FROM salvor_bot;
GRANT USAGE ON SCHEMA salvor TO salvor_bot;
GRANT SELECT ON public.salvor_migrations TO salvor_bot;
GRANT SELECT ON ALL TABLES IN SCHEMA salvor TO salvor_bot;

-- What people say and decide.
GRANT INSERT ON salvor.decisions, salvor.acceptances, salvor.jobs, salvor.steps, salvor.requests, salvor.runs, salvor.run_steps TO salvor_bot;
GRANT INSERT (number, title, severity, state, channel, system, opened_by, opened_at, began_at, began_source, deadline,
              recovered_at, closed_at) ON salvor.incidents TO salvor_bot;
GRANT UPDATE (state, granted_at, run_by, why, reminded_at, escalated_at, page, paged_at, acknowledged_by,
              acknowledged_at) ON salvor.approvals TO salvor_bot;
GRANT UPDATE (state, waiting_for, stop_requested_by, stop_requested_at, finished_at) ON salvor.runs TO salvor_bot;
GRANT UPDATE (state, attempt, job, asked_by, asked_by_slack, done_by, evidence, done_at, failure)
   ON salvor.run_steps TO salvor_bot;
GRANT UPDATE (answer) ON salvor.requests TO salvor_bot;
GRANT INSERT, UPDATE ON salvor.counters TO salvor_bot;
GRANT INSERT ON salvor.used_codes, salvor.wrong_codes, salvor.outbox TO salvor_bot;
GRANT INSERT, UPDATE ON salvor.code_turns TO salvor_bot;
GRANT INSERT ON salvor.shown_cards, salvor.wrong_card_codes TO salvor_bot;
GRANT INSERT ON salvor.uploads TO salvor_bot;
-- Questions to people: their times and their end, never what was asked; answers are only added.
GRANT INSERT, UPDATE (state, reminders, remind_at, escalated_at) ON salvor.asks TO salvor_bot;
GRANT INSERT ON salvor.answers TO salvor_bot;
-- What is due: put there with what it is about, taken with what it stands for.
GRANT INSERT, UPDATE, DELETE ON salvor.due TO salvor_bot;
GRANT UPDATE (told_at) ON salvor.outbox TO salvor_bot;

-- The same moves that workers make go through the same functions, which do not hold whoever decides to what workers may.
GRANT EXECUTE ON FUNCTION
  salvor.hold_incident(bigint), salvor.hold_job(text), salvor.append(text), salvor.update_job(text, jsonb),
  salvor.update_incident(bigint, jsonb), salvor.approval_holds(text, text),
  salvor.start_step(text, bigint, text, text),
  salvor.move_step(text, text, bigint, text, jsonb), salvor.beat(text, bigint, text, jsonb), salvor.ask_approval(jsonb),
  salvor.supersede_approval(text, jsonb), salvor.take_lock(text, text, text), salvor.release_lock(text, text),
  salvor.say_alive(text, text, text)
   TO salvor_bot;

-- The plan in force with its policies, and what was told in Slack.
GRANT INSERT, UPDATE (in_force_since) ON salvor.plans TO salvor_bot;
GRANT INSERT, UPDATE ON salvor.policies TO salvor_bot;
GRANT INSERT, UPDATE ON salvor.messages, salvor.positions, salvor.surface_leases TO salvor_bot;

-- Wakeups, where they go over PostgreSQL.
DO $$ BEGIN
  IF to_regnamespace('bullmq') IS NOT NULL THEN
    GRANT USAGE ON SCHEMA bullmq TO salvor_bot;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bullmq TO salvor_bot;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA bullmq TO salvor_bot;
  END IF;
END $$;
