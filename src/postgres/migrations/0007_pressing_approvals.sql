-- Approvals that nobody answers: when to remind, when to turn to other roles, and that it was done. And a second factor
-- for those whose plan wants one: then only decisions that were made with it count.
ALTER TABLE salvor.approvals
  ADD COLUMN remind_at     timestamptz(3),
  ADD COLUMN reminded_at   timestamptz(3),
  ADD COLUMN escalate_to   text[] NOT NULL DEFAULT '{}',
  ADD COLUMN escalate_at   timestamptz(3),
  ADD COLUMN escalated_at  timestamptz(3),
  ADD COLUMN second_factor text CHECK (second_factor IN ('totp'));

ALTER TABLE salvor.decisions ADD COLUMN factor text CHECK (factor IN ('totp'));

-- Roles that will have to approve a step, as far as the plan could tell when the job was planned.
ALTER TABLE salvor.steps ADD COLUMN approval_from text[] NOT NULL DEFAULT '{}';

CREATE OR REPLACE FUNCTION salvor.need_quorum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('granted', 'used') AND OLD.state IS DISTINCT FROM NEW.state THEN
    IF (SELECT count(*) FROM salvor.decisions d
         WHERE d.approval = NEW.id AND d.decision = 'approve'
           AND (NEW.second_factor IS NULL OR d.factor = NEW.second_factor)
           AND NOT (NEW.not_requester AND d.person = NEW.requester)) < NEW.count THEN
      RAISE EXCEPTION 'approval % lacks the decisions of % people', NEW.id, NEW.count;
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- Turning to others happens once, and only to those whom the approval named from the beginning.
CREATE FUNCTION salvor.keep_escalation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.escalated_at IS NOT NULL OR NEW.escalate_to IS DISTINCT FROM OLD.escalate_to OR now() < OLD.escalate_at
     OR OLD.escalate_at IS NULL THEN
    RAISE EXCEPTION 'approval % cannot turn to others now', NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_keep_escalation BEFORE UPDATE OF escalated_at, escalate_to ON salvor.approvals
  FOR EACH ROW WHEN (OLD.escalated_at IS DISTINCT FROM NEW.escalated_at OR OLD.escalate_to IS DISTINCT FROM NEW.escalate_to)
  EXECUTE FUNCTION salvor.keep_escalation();
