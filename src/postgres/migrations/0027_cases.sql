-- Cases of acceptance tests: the questions of a job, read with it.
CREATE INDEX asks_by_job ON salvor.asks (job) WHERE job IS NOT NULL;

-- What enough people have answered when it ends was answered; only the rest is taken back.
CREATE OR REPLACE FUNCTION salvor.withdraw_asks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE salvor.asks a
     SET state = CASE WHEN (SELECT count(DISTINCT g.person) FROM salvor.answers g WHERE g.ask = a.id AND g.answer <> 'comment') >= a.needed
                      THEN 'answered' ELSE 'withdrawn' END
   WHERE a.state = 'asked'
     AND (CASE TG_TABLE_NAME WHEN 'jobs' THEN a.job WHEN 'runs' THEN a.run ELSE a.subject END) = NEW.id;
  RETURN NULL;
END $$;
