-- Salvor's store. Forward only: a later change is a new file.
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
  PRIMARY KEY (incident, no)
);

CREATE FUNCTION salvor.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
  why           salvor.codes_with_facts
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
  PRIMARY KEY (approval, person)
);
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON salvor.decisions
  FOR EACH ROW EXECUTE FUNCTION salvor.refuse_change();

-- `granted` and `used` need the decisions that they speak of, whoever writes them.
CREATE FUNCTION salvor.need_quorum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('granted', 'used') AND OLD.state IS DISTINCT FROM NEW.state THEN
    IF (SELECT count(*) FROM salvor.decisions d
         WHERE d.approval = NEW.id AND d.decision = 'approve'
           AND NOT (NEW.not_requester AND d.person = NEW.requester)) < NEW.count THEN
      RAISE EXCEPTION 'approval % lacks the decisions of % people', NEW.id, NEW.count;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_need_quorum BEFORE UPDATE ON salvor.approvals
  FOR EACH ROW EXECUTE FUNCTION salvor.need_quorum();

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

-- Messages in Slack by key, so that each is posted once and edited in place. No text is kept.
CREATE TABLE salvor.messages (
  key         text PRIMARY KEY,
  seq         bigint GENERATED ALWAYS AS IDENTITY,
  incident    bigint NOT NULL,
  channel     text NOT NULL,
  thread      text,
  state       text NOT NULL CHECK (state IN ('intended', 'posted', 'refused')),
  ts          text,
  shows       text,
  intended_at timestamptz(3) NOT NULL,
  notifies    boolean NOT NULL,
  job         text
);
CREATE INDEX messages_by_incident ON salvor.messages (incident, seq);

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
