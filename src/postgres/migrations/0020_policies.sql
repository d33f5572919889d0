-- Who must approve what, resolved from each accepted plan by the bot: what an approval asks for is taken from here, not
-- from whoever asks. And which login speaks for which worker.
CREATE TABLE salvor.policies (
  plan               text NOT NULL,
  -- Empty for what belongs to no system in particular.
  system             text NOT NULL,
  risk               text NOT NULL CHECK (risk IN ('read', 'reversible', 'destructive')),
  from_roles         text[] NOT NULL,
  count              int NOT NULL CHECK (count >= 0),
  not_requester      boolean NOT NULL,
  approve_within_ms  bigint NOT NULL,
  run_within_ms      bigint NOT NULL,
  escalate_to        text[] NOT NULL,
  escalate_after_ms  bigint,
  second_factor      text CHECK (second_factor IN ('totp')),
  emergency_from     text[] NOT NULL,
  emergency_after_ms bigint,
  PRIMARY KEY (plan, system, risk)
);

CREATE TABLE salvor.worker_roles (
  role   name PRIMARY KEY,
  worker text NOT NULL
);
