-- A page and who is awake happen to an approval; they are no part of what it asks for.
CREATE OR REPLACE FUNCTION salvor.keep_terms() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  -- What happens to an approval. A column that somebody adds later is held until it is named here.
  moves text[] := ARRAY['state', 'granted_at', 'run_by', 'why', 'reminded_at', 'escalated_at', 'page', 'paged_at',
                        'acknowledged_by', 'acknowledged_at'];
BEGIN
  IF to_jsonb(OLD) - moves IS DISTINCT FROM to_jsonb(NEW) - moves THEN
    RAISE EXCEPTION 'what approval % asks for cannot be changed', OLD.id;
  END IF;
  -- Once granted it has to begin in the time that the policy gave, and no later.
  IF (OLD.granted_at, OLD.run_by) IS DISTINCT FROM (NEW.granted_at, NEW.run_by)
     AND ((OLD.state, NEW.state) <> ('asked', 'granted')
          OR NEW.run_by > clock_timestamp() + NEW.run_within_ms * interval '1 ms' + interval '5 s') THEN
    RAISE EXCEPTION 'when approval % has to be used cannot be changed', OLD.id;
  END IF;
  IF OLD.why IS DISTINCT FROM NEW.why AND OLD.state = NEW.state
     OR OLD.reminded_at IS NOT NULL AND OLD.reminded_at IS DISTINCT FROM NEW.reminded_at
     OR OLD.page IS NOT NULL AND OLD.page IS DISTINCT FROM NEW.page
     OR OLD.paged_at IS NOT NULL AND OLD.paged_at IS DISTINCT FROM NEW.paged_at
     OR OLD.acknowledged_at IS NOT NULL
        AND (OLD.acknowledged_by, OLD.acknowledged_at) IS DISTINCT FROM (NEW.acknowledged_by, NEW.acknowledged_at) THEN
    RAISE EXCEPTION 'what was said of approval % cannot be changed', OLD.id;
  END IF;
  RETURN NEW;
END $$;
