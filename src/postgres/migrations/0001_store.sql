-- Salvor's store. From the first release on forward only: a later change is a new file (docs/adr/0016-migrations-stay.md).
CREATE SCHEMA IF NOT EXISTS salvor;

-- What Salvor says is kept as a code with its facts, never as a sentence: words are made where they are shown.
CREATE DOMAIN salvor.code_with_facts AS jsonb CHECK (
  VALUE IS NULL OR (jsonb_typeof(VALUE->'code') = 'string' AND jsonb_typeof(VALUE->'facts') = 'object') IS TRUE
);
CREATE DOMAIN salvor.codes_with_facts AS jsonb CHECK (
  VALUE IS NULL OR (jsonb_typeof(VALUE) = 'array'
    AND NOT VALUE @? '$[*] ? (!(@.code.type() == "string" && @.facts.type() == "object"))') IS TRUE
);

-- Counts per name without gaps, in the transaction that uses the number.
CREATE TABLE salvor.counters (
  name  text PRIMARY KEY,
  value bigint NOT NULL
);

CREATE TABLE salvor.plans (
  digest      text PRIMARY KEY,
  text        text NOT NULL,
  path        text NOT NULL,
  folder      text NOT NULL,
  file_hashes jsonb NOT NULL,
  loaded_at   timestamptz(3) NOT NULL,
  in_force_since timestamptz(3)
);

CREATE TABLE salvor.incidents (
  number       bigint PRIMARY KEY,
  title        text NOT NULL,
  severity     int NOT NULL CHECK (severity BETWEEN 1 AND 4),
  state        text NOT NULL CHECK (state IN ('open', 'recovered', 'closed')),
  channel      text,
  system       text,
  opened_by    text NOT NULL,
  opened_at    timestamptz(3) NOT NULL,
  began_at     timestamptz(3),
  began_source text,
  deadline     timestamptz(3),
  recovered_at timestamptz(3),
  closed_at    timestamptz(3),
  -- Who leads it once it was handed over, and the newest words for those who only wait for the outcome.
  lead         text,
  update_text  text,
  updated_by   text,
  updated_at   timestamptz(3),
  head_no      bigint NOT NULL DEFAULT 0,
  head_hash    text NOT NULL DEFAULT repeat('0', 64)
);
-- One open incident a channel.
CREATE UNIQUE INDEX incidents_one_open_a_channel ON salvor.incidents (channel) WHERE state <> 'closed' AND channel IS NOT NULL;

CREATE TABLE salvor.events (
  incident  bigint NOT NULL REFERENCES salvor.incidents,
  no        bigint NOT NULL,
  at        timestamptz(3) NOT NULL,
  type      text NOT NULL,
  job       text,
  actor     text NOT NULL,
  data      jsonb NOT NULL,
  prev_hash text NOT NULL,
  hash      text NOT NULL,
  -- The text that was hashed, so that the store itself can see that the hash is of it and that it is the event.
  content   text,
  PRIMARY KEY (incident, no)
);

CREATE FUNCTION salvor.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only: % on salvor.% is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON salvor.events
  FOR EACH ROW EXECUTE FUNCTION salvor.refuse_change();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON salvor.events
  FOR EACH STATEMENT EXECUTE FUNCTION salvor.refuse_change();

-- An event must follow the head that its incident's row holds, and becomes the new head with it: a cut tail is
-- seen, because the head is kept apart from the events.
CREATE FUNCTION salvor.follow_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE salvor.incidents SET head_no = NEW.no, head_hash = NEW.hash
   WHERE number = NEW.incident AND head_no = NEW.no - 1 AND head_hash = NEW.prev_hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'event % of incident % does not follow the head of the journal', NEW.no, NEW.incident;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER events_follow_head BEFORE INSERT ON salvor.events
  FOR EACH ROW EXECUTE FUNCTION salvor.follow_head();

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

CREATE TABLE salvor.jobs (
  id             text PRIMARY KEY,
  kind           text NOT NULL,
  incident       bigint NOT NULL REFERENCES salvor.incidents,
  state          text NOT NULL,
  params         jsonb NOT NULL,
  words          text NOT NULL,
  requester      text NOT NULL,
  requested_at   timestamptz(3) NOT NULL,
  plan_digest    text NOT NULL,
  worker         text,
  lock_target    text,
  waiting_for    salvor.code_with_facts,
  stop_requested_by text,
  stop_requested_at timestamptz(3),
  clean_up_requested_by text,
  finished_at    timestamptz(3),
  outcome        jsonb,
  left_behind    jsonb NOT NULL DEFAULT '[]',
  last_event     bigint NOT NULL DEFAULT 0
);
CREATE INDEX jobs_by_incident ON salvor.jobs (incident, requested_at);
CREATE INDEX jobs_active ON salvor.jobs (state) WHERE state NOT IN ('succeeded', 'failed', 'stopped', 'rejected');

CREATE TABLE salvor.steps (
  id             text PRIMARY KEY,
  job            text NOT NULL REFERENCES salvor.jobs,
  position       int NOT NULL,
  name           text NOT NULL,
  title          text NOT NULL,
  risk           text NOT NULL CHECK (risk IN ('read', 'reversible', 'destructive')),
  needs_approval boolean NOT NULL,
  -- Roles that will have to approve it, as far as the plan could tell when the job was planned.
  approval_from  text[] NOT NULL DEFAULT '{}',
  -- Whose policy counts for it, whether the one approval of its job's reversible steps covers it, and whether a job can
  -- take back what it destroys: written with the step by the bot.
  policy_system  text,
  shared         boolean NOT NULL DEFAULT false,
  undoable       boolean NOT NULL DEFAULT false,
  state          text NOT NULL,
  attempt        int NOT NULL DEFAULT 1,
  fence          bigint NOT NULL DEFAULT 0,
  runner         text,
  output         jsonb,
  records        jsonb NOT NULL DEFAULT '{}',
  failure        jsonb,
  progress       jsonb,
  started_at     timestamptz(3),
  finished_at    timestamptz(3),
  seen_at        timestamptz(3),
  UNIQUE (job, position),
  UNIQUE (job, name)
);

CREATE TABLE salvor.approvals (
  id            text PRIMARY KEY,
  incident      bigint NOT NULL REFERENCES salvor.incidents,
  job           text NOT NULL REFERENCES salvor.jobs,
  step          text NOT NULL REFERENCES salvor.steps,
  attempt       int NOT NULL,
  digest        text NOT NULL,
  subject       jsonb NOT NULL,
  state         text NOT NULL,
  requester     text NOT NULL,
  from_roles    text[] NOT NULL,
  count         int NOT NULL CHECK (count >= 1),
  not_requester boolean NOT NULL,
  asked_at      timestamptz(3) NOT NULL,
  approve_by    timestamptz(3) NOT NULL,
  run_within_ms bigint NOT NULL,
  granted_at    timestamptz(3),
  run_by        timestamptz(3),
  why           salvor.codes_with_facts,
  -- When to remind, when to turn to other roles, and that it was done.
  remind_at     timestamptz(3),
  reminded_at   timestamptz(3),
  escalate_to   text[] NOT NULL DEFAULT '{}',
  escalate_at   timestamptz(3),
  escalated_at  timestamptz(3),
  -- Then only decisions that were made with it count.
  second_factor text CHECK (second_factor IN ('totp')),
  -- The one way round the four eyes, where the plan wants it: after nobody answered, whoever asked goes on alone with a
  -- step that can be taken back, with a reason and a second factor. Nothing else is granted without its people.
  emergency_from text[] NOT NULL DEFAULT '{}',
  emergency_at   timestamptz(3),
  -- What wakes people outside while it stays unanswered: the id of its page, when that was taken, and who said that they
  -- are awake. An acknowledgement decides nothing.
  page            text UNIQUE,
  paged_at        timestamptz(3),
  acknowledged_by text,
  acknowledged_at timestamptz(3)
);
-- At most one approval of a job waits for anybody.
CREATE UNIQUE INDEX approvals_one_open ON salvor.approvals (job) WHERE state IN ('asked', 'granted');

-- Who decided. Only the bot's role may write here (docs/security.md), so a worker cannot grant itself anything.
CREATE TABLE salvor.decisions (
  approval text NOT NULL REFERENCES salvor.approvals,
  person   text NOT NULL,
  decision text NOT NULL CHECK (decision IN ('approve', 'reject')),
  reason   text,
  at       timestamptz(3) NOT NULL,
  factor   text CHECK (factor IN ('totp')),
  emergency boolean NOT NULL DEFAULT false,
  PRIMARY KEY (approval, person)
);
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON salvor.decisions
  FOR EACH ROW EXECUTE FUNCTION salvor.refuse_change();

CREATE TABLE salvor.locks (
  target   text PRIMARY KEY,
  job      text NOT NULL REFERENCES salvor.jobs,
  reason   text NOT NULL,
  taken_at timestamptz(3) NOT NULL
);

-- What was asked once is not done twice: ids of commands, clicks and deliveries, with what the first one answered.
CREATE TABLE salvor.requests (
  id     text PRIMARY KEY,
  at     timestamptz(3) NOT NULL DEFAULT now(),
  answer jsonb
);

-- How far each surface has told the journal.
CREATE TABLE salvor.positions (
  surface  text NOT NULL,
  incident bigint NOT NULL,
  no       bigint NOT NULL,
  PRIMARY KEY (surface, incident)
);

-- Messages in Slack by key, so that each is posted once and edited in place. No text is kept. What a message was about
-- that somebody deleted in Slack may be posted anew under the same key.
CREATE TABLE salvor.messages (
  key         text PRIMARY KEY,
  seq         bigint GENERATED ALWAYS AS IDENTITY,
  incident    bigint NOT NULL,
  channel     text NOT NULL,
  thread      text,
  state       text NOT NULL CHECK (state IN ('intended', 'posted', 'refused', 'deleted')),
  ts          text,
  shows       text,
  intended_at timestamptz(3) NOT NULL,
  notifies    boolean NOT NULL,
  job         text
);
CREATE INDEX messages_by_incident ON salvor.messages (incident, seq);
CREATE INDEX messages_by_place ON salvor.messages (channel, ts);
CREATE INDEX messages_deleted ON salvor.messages (seq) WHERE state = 'deleted';

-- One publisher at a time.
CREATE TABLE salvor.surface_leases (
  surface text PRIMARY KEY,
  owner   text NOT NULL,
  until   timestamptz NOT NULL
);

-- Workers that are alive, for «nobody can run this» and for refusing different plans.
CREATE TABLE salvor.workers (
  name        text PRIMARY KEY,
  process     text NOT NULL,
  plan_digest text,
  seen_at     timestamptz(3) NOT NULL
);

INSERT INTO salvor.incidents (number, title, severity, state, opened_by, opened_at)
VALUES (0, 'system', 4, 'open', 'salvor', now());
