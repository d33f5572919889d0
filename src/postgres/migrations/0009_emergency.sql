-- The one way round the four eyes, where the plan wants it: after nobody answered, whoever asked goes on alone with a
-- step that can be taken back, with a reason and a second factor. Nothing else is granted without its people.
ALTER TABLE salvor.approvals
  ADD COLUMN emergency_from text[] NOT NULL DEFAULT '{}',
  ADD COLUMN emergency_at   timestamptz(3);
ALTER TABLE salvor.decisions ADD COLUMN emergency boolean NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION salvor.need_quorum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('granted', 'used') AND OLD.state IS DISTINCT FROM NEW.state THEN
    IF (SELECT count(*) FROM salvor.decisions d
         WHERE d.approval = NEW.id AND d.decision = 'approve' AND NOT d.emergency
           AND (NEW.second_factor IS NULL OR d.factor = NEW.second_factor)
           AND NOT (NEW.not_requester AND d.person = NEW.requester)) < NEW.count
       AND NOT (
         -- Only whoever asked, only when its time had come, and only while nobody else had said anything.
         now() >= NEW.emergency_at IS TRUE
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

-- What was asked stays what was asked: nobody can make it ask less, or sooner, afterwards.
CREATE FUNCTION salvor.keep_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what approval % asks for cannot be changed', NEW.id;
END $$;
CREATE TRIGGER approvals_keep_terms BEFORE UPDATE ON salvor.approvals
  FOR EACH ROW WHEN (
    (OLD.job, OLD.step, OLD.digest, OLD.requester, OLD.from_roles, OLD.count, OLD.not_requester, OLD.second_factor,
     OLD.emergency_from, OLD.emergency_at)
    IS DISTINCT FROM
    (NEW.job, NEW.step, NEW.digest, NEW.requester, NEW.from_roles, NEW.count, NEW.not_requester, NEW.second_factor,
     NEW.emergency_from, NEW.emergency_at))
  EXECUTE FUNCTION salvor.keep_terms();
