import { defineTexts, type FactArguments, type Message } from './message.ts'

/** What a step is doing just now, by stable code: its card says it while it runs. */
const texts = {
  measuring: 'measuring {table}',
  comparing: 'comparing {table}',
  proving: 'proving {table}',
  dumping: 'dumping {table}',
  loading: 'loading',
  loading_table: 'loading {table}',
  loading_tables: 'loading {table} and {more} more',
  checking_key: 'checking foreign keys of {table}',
  checking_keys: 'checking foreign keys of {table} and {more} more',
  building_index: 'building index {table}',
  building_indexes: 'building index {table} and {more} more',
  building_constraint: 'building constraint on {table}',
  building_constraints: 'building constraint on {table} and {more} more',
  analyzing: 'analyzing {database}',
  reading: 'reading {what}',
  reading_whole: 'reading {backup} to its end',
  following: 'following {log}, errors so far: {errors}',
  restoring: 'restoring {backup}',
  replaying: 'replaying WAL: {at}, {segments} segments',
  copying_out: 'copying {database} out: {table}',
  backing_up: 'backing the cluster up ({type})',
  starting: 'starting {what}',
  stopping: 'stopping {what}',
  stopping_migration: 'stopping the migration {migration}',
  restarting: 'restarting {service}',
  settling: 'settling for {time}',
  asking: 'asking {service}',
  testing: 'testing {what}',
  dry_run: 'dry run, to be rolled back',
  running_again: 'running it again',
  /** The newest line of a program of the plan, redacted. */
  line: '{line}',
} as const

/** What a step is doing: a code with its facts. */
export type StepPhase = Message<typeof texts>

export const { make: stepPhase, describe: describePhase, schema: phaseSchema } = defineTexts(texts)

/** Progress of which nothing but the phase is known. */
export function inPhase<Code extends keyof typeof texts>(code: Code, ...facts: FactArguments<(typeof texts)[Code]>) {
  return { phase: stepPhase(code, ...facts), fraction: null, rate: null, readyBetween: null }
}
