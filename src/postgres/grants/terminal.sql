-- What a terminal with a way of its own to Salvor's store may do: read, so that it answers while no bot does. The owner
-- creates the role (`CREATE ROLE salvor_terminal LOGIN`), then `salvor migrate`, run as the owner, applies this; it
-- may also be run with psql. Whoever may write here can speak in anybody's name, so people at terminals may not:
-- what they say goes through the bot (docs/adr/0006-terminals-go-through-the-bot.md).
GRANT USAGE ON SCHEMA salvor TO salvor_terminal;
GRANT SELECT ON public.salvor_migrations TO salvor_terminal;
GRANT SELECT ON salvor.plans, salvor.policies, salvor.incidents, salvor.events, salvor.jobs, salvor.steps, salvor.approvals,
                salvor.decisions, salvor.acceptances, salvor.locks, salvor.workers, salvor.runs, salvor.run_steps, salvor.positions,
                salvor.due, salvor.asks, salvor.answers
   TO salvor_terminal;
