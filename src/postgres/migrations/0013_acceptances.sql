-- Findings over which a person went on, each by the digest of what was seen. Only the bot may write them: they stand
-- on the approval card in that person's name.
CREATE TABLE salvor.acceptances (
  job     text NOT NULL REFERENCES salvor.jobs,
  step    text NOT NULL,
  digest  text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  finding jsonb NOT NULL,
  person  text NOT NULL,
  reason  text NOT NULL CHECK (btrim(reason) <> ''),
  at      timestamptz(3) NOT NULL,
  PRIMARY KEY (job, digest)
);
CREATE TRIGGER acceptances_append_only BEFORE UPDATE OR DELETE ON salvor.acceptances
  FOR EACH ROW EXECUTE FUNCTION salvor.refuse_change();
CREATE TRIGGER acceptances_no_truncate BEFORE TRUNCATE ON salvor.acceptances
  FOR EACH STATEMENT EXECUTE FUNCTION salvor.refuse_change();

-- Whoever went on over a finding has decided already: another person looks at it, and nobody does so alone.
CREATE OR REPLACE FUNCTION salvor.need_quorum() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.state IN ('granted', 'used') AND OLD.state IS DISTINCT FROM NEW.state THEN
    IF (SELECT count(*) FROM salvor.decisions d
         WHERE d.approval = NEW.id AND d.decision = 'approve' AND NOT d.emergency
           AND (NEW.second_factor IS NULL OR d.factor = NEW.second_factor)
           AND NOT (NEW.not_requester AND d.person = NEW.requester)
           AND NOT EXISTS (SELECT FROM salvor.acceptances a WHERE a.job = NEW.job AND a.person = d.person)) < NEW.count
       AND NOT (
         -- Only whoever asked, only when its time had come, and only while nobody else had said anything.
         now() >= NEW.emergency_at IS TRUE
         AND NOT EXISTS (SELECT FROM salvor.acceptances a WHERE a.job = NEW.job)
         AND (SELECT count(*) FROM salvor.decisions d WHERE d.approval = NEW.id) = 1
         AND EXISTS (SELECT FROM salvor.decisions d
                      WHERE d.approval = NEW.id AND d.decision = 'approve' AND d.emergency AND d.person = NEW.requester
                        AND d.factor = 'totp' AND btrim(coalesce(d.reason, '')) <> ''))
    THEN
      RAISE EXCEPTION 'approval % lacks the decisions of % people', NEW.id, NEW.count;
    END IF;
  END IF;
  RETURN NEW;
END $$;
