-- An approval begins by being asked and moves only as domain/approval.ts says, whoever writes it: a row inserted as
-- granted, or a used one armed again, would go round the decisions that the quorum counts.
CREATE FUNCTION salvor.begin_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'approval % must begin as asked, not as %', NEW.id, NEW.state;
END $$;
CREATE TRIGGER approvals_begin_asked BEFORE INSERT ON salvor.approvals
  FOR EACH ROW WHEN (NEW.state <> 'asked') EXECUTE FUNCTION salvor.begin_asked();

CREATE FUNCTION salvor.keep_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.state, NEW.state) NOT IN (
    ('asked', 'granted'), ('asked', 'rejected'), ('asked', 'expired'), ('asked', 'superseded'),
    ('granted', 'used'), ('granted', 'expired'), ('granted', 'superseded')
  ) THEN
    RAISE EXCEPTION 'approval % cannot move from % to %', NEW.id, OLD.state, NEW.state;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_keep_moves BEFORE UPDATE ON salvor.approvals
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION salvor.keep_moves();
