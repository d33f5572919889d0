import { z } from 'zod'
import { compareMapping } from './compare-mapping.ts'
import { durationText, namesOf, tableName } from './plan-parts.ts'

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'small letters, digits and dashes')
/** A name from `people`; it cannot look like a Slack user id, so nobody can take another's identity by a name. */
const personName = z.string().regex(/^[a-z][a-z0-9._-]{0,40}$/, 'small letters, digits, dots and dashes')
const argv = z.array(z.string().min(1)).min(1)
/** What the id of a Slack channel looks like. */
export const channelShape = /^[CG][A-Z0-9]+$/
const channelId = z.string().regex(channelShape, 'the id of a Slack channel, such as C0ANCHORS')
const [file, channel] = [z.string().min(1).optional(), channelId.optional()]
const anchorSchema = z.strictObject({ file, channel, every: durationText.default('1h') })

/** One way to ask whether something works; exactly one of http, tcp, sql, argv. */
export const healthSchema = z.strictObject({
  http: z.string().optional(),
  tcp: z.string().optional(),
  sql: z.string().optional(),
  argv: argv.optional(),
  within: durationText.default('60s'),
})

const pgDumpBackup = z.strictObject({ kind: z.literal('pg_dump'), path: z.string() })
const pgBackRestBackup = z.strictObject({
  kind: z.literal('pgbackrest'),
  /** No dash first: it becomes a word of a command. */
  stanza: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'letters, digits, dots, dashes and underscores'),
  configFile: z.string().optional(),
  /** Where a backup is brought up beside everything else: as large as the cluster and a dump of the database. */
  scratch: z
    .strictObject({
      folder: z.string().default('/var/tmp/salvor'),
      /** The account of tool and server where the worker's own is root's, as which PostgreSQL refuses to run. */
      account: z
        .string()
        .regex(/^[a-z_][a-z0-9_-]*$/, 'the name of an account of this machine')
        .default('postgres'),
      /** Libraries that the scratch server preloads; none that is not named here. */
      preload: z.array(z.string().regex(/^[\w.$/-]+$/, 'the name of a library')).default([]),
    })
    .prefault({}),
})

export const checkSchema = z.strictObject({
  name: z.string(),
  sql: z.string(),
  expect: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  within: durationText.optional(),
})

const remedySchema = z.strictObject({
  name,
  when: z.strictObject({
    label: z.string().optional(),
    code: z.string().optional(),
    table: z.string().optional(),
    match: z.string().optional(),
  }),
  sql: z.string().optional(),
  argv: argv.optional(),
  undo: z.string().optional(),
  /** How long one statement of it may take on the live database; default 5m. */
  within: durationText.optional(),
})

/**
 * Where a migration puts rows that did not fit: a table with columns `target` and `row` (COPY text), or a folder with
 * one file a table. Exactly one of table and path.
 */
const rejectsSchema = z.strictObject({
  table: tableName.optional(),
  path: z.string().optional(),
  format: z.enum(['copy', 'pgloader', 'sqlldr']).optional(),
  /** Columns of the files by table, where they are not the table's own in their order. */
  columns: namesOf(z.string(), z.array(z.string()).min(1)).optional(),
  /** Between the fields of SQL*Loader's files. */
  delimiter: z.string().length(1).optional(),
})

const approvalPolicy = z.strictObject({
  from: z.array(z.string()).default([]),
  count: z.number().int().min(0).max(10).default(1),
  notRequester: z.boolean().default(true),
  approveWithin: durationText.default('30m'),
  runWithin: durationText.default('15m'),
  /** Roles that may approve too once nobody did for `escalateAfter`. */
  escalateTo: z.array(z.string()).default([]),
  escalateAfter: durationText.optional(),
  /** A code of the person's device, beside who they are in Slack. */
  secondFactor: z.literal('totp').optional(),
})

/** Who must approve, by risk. What a system says for a risk counts instead of what the plan says, as a whole. */
const approvalPolicies = z
  .strictObject({
    reversible: approvalPolicy.optional(),
    destructive: approvalPolicy.optional(),
    /** Off unless it is written: after nobody answered for so long, whoever asked may go on alone. */
    emergency: z.strictObject({ from: z.array(z.string()).min(1), after: durationText }).optional(),
  })
  .default({})

const common = {
  tier: z.number().int().min(1).default(1),
  owner: z.string(),
  worker: z.string().optional(),
  needs: z.array(z.string()).default([]),
  approvals: approvalPolicies,
}

export const postgresSystemSchema = z.strictObject({
  kind: z.literal('postgres'),
  ...common,
  url: z.string(),
  adminUrl: z.string().optional(),
  /** Of a role for the load of backups alone, member of nobody: code in a backup then reaches the side database only. */
  loadUrl: z.string().optional(),
  /** Why url or adminUrl may be a superuser's; without a reason such a role is refused. */
  superuser: z.string().trim().min(1).optional(),
  source: z.string().optional(),
  /** Parallel jobs of pg_dump and pg_restore; default: the worker's processors, at most 8. */
  jobs: z.number().int().min(1).max(64).optional(),
  backups: z.array(z.discriminatedUnion('kind', [pgDumpBackup, pgBackRestBackup])).default([]),
  /** How tables of the other database are found again in this one, for `compare`. */
  compare: compareMapping.default({}),
  checks: z.array(checkSchema).default([]),
  remedies: z.array(remedySchema).default([]),
})

export const serviceSystemSchema = z.strictObject({
  kind: z.literal('service'),
  ...common,
  host: z.string().optional(),
  unit: z.string().optional(),
  restart: argv.optional(),
  /** argv of a service without a unit: used by freeze and thaw. */
  stop: argv.optional(),
  start: argv.optional(),
  /** argv that prints one line which changes with each new process (a pid, a start time): proof of a restart. */
  identity: argv.optional(),
  /** argv that prints the service's last log lines, for failures of a service without a unit. */
  lastLines: argv.optional(),
  /** A restart, stop or start that takes longer hangs and is ended. systemd gives up sooner by itself. */
  commandWithin: durationText.default('5m'),
  settle: durationText.default('2s'),
  health: healthSchema.optional(),
  config: z.array(z.strictObject({ path: z.string(), versions: z.string(), test: argv.optional() })).default([]),
  redeploy: argv.optional(),
})

/** A case of an acceptance test, in the words of those who use the system. */
const uatCase = z.strictObject({
  name: z.string().min(1).max(200),
  as: z.string().max(200).optional(),
  given: z.string().max(500).optional(),
  do: z.string().max(500).optional(),
  expect: z.string().max(500).optional(),
  url: z.string().max(500).optional(),
  /** Systems that it is about. */
  covers: z.array(z.string()).default([]),
})

/** The recovery plan, as `salvor.yaml` writes it. Unknown keys are errors. `${NAME}` stays unexpanded in here. */
export const recoveryPlanSchema = z.strictObject({
  version: z.literal(1),
  title: z.string(),
  channel: z.string().optional(),
  language: z.enum(['en', 'ko']).default('en'),
  timezone: z.string().default('UTC'),
  keepOld: durationText.default('7d'),
  stakeholders: z.array(z.string()).default([]),
  /** Where the heads of the journals are kept outside the store (a file, a channel or both), and how often. */
  anchor: anchorSchema.optional(),
  /** Whom to wake when an approval stays unanswered: a webhook, signed with a key that the service knows as well. */
  pager: z.strictObject({ url: z.string().min(1), key: z.string().min(1).default(`\${PAGER_KEY}`) }).optional(),
  people: namesOf(personName, z.strictObject({ slack: z.string().optional(), os: z.string().optional() })).default({}),
  roles: namesOf(
    name,
    z.strictObject({ users: z.array(z.string()).default([]), groups: z.array(z.string()).default([]) }),
  ),
  approvals: approvalPolicies,
  hosts: namesOf(
    name,
    z.strictObject({
      ssh: z.string(),
      knownHosts: z.string(),
      identity: z.string().optional(),
      become: argv.optional(),
    }),
  ).default({}),
  systems: namesOf(name, z.discriminatedUnion('kind', [postgresSystemSchema, serviceSystemSchema])),
  logs: namesOf(
    name,
    z.strictObject({
      path: z.string().optional(),
      unit: z.string().optional(),
      argv: argv.optional(),
      host: z.string().optional(),
      /** Values of rows, mail addresses and numbers of people in excerpts; credentials are always hidden. */
      rowData: z.enum(['hidden', 'shown']).default('hidden'),
    }),
  ).default({}),
  migrations: namesOf(
    name,
    z.strictObject({
      system: z.string(),
      log: z.string().optional(),
      /**
       * Tables that it makes, `orders_v2` or `orders_stage*`: its leftovers, no data, once it has failed. Claimed only
       * where the server has track_commit_timestamp on: else nobody can tell that no row came later.
       */
      makes: z.array(z.string().min(1)).default([]),
      stop: argv.optional(),
      rerun: argv.optional(),
      rejects: rejectsSchema.optional(),
    }),
  ).default({}),
  scripts: namesOf(
    name,
    z.strictObject({ argv, risk: z.enum(['read', 'reversible', 'destructive']), check: healthSchema.optional() }),
  ).default({}),
  procedures: namesOf(
    name,
    z.strictObject({ title: z.string(), steps: z.array(z.record(z.string(), z.unknown())) }),
  ).default({}),
  uat: namesOf(
    name,
    z.strictObject({
      testers: z.array(z.string()).min(1, 'at least one role: nobody could judge its cases'),
      needed: z.number().int().min(1).default(1),
      /** Roles whose people take the results; without, every case must pass. */
      signOff: z.array(z.string()).default([]),
      secondFactor: z.literal('totp').optional(),
      cases: z.array(z.union([z.string().min(1).max(200), uatCase])).min(1),
    }),
  ).default({}),
  monitors: namesOf(
    name,
    z.strictObject({
      system: z.string(),
      sql: z.string(),
      every: durationText.default('30s'),
      alertAbove: z.number(),
    }),
  ).default({}),
})

export type ApprovalPolicy = z.infer<typeof approvalPolicy>
export type PlanText = z.infer<typeof recoveryPlanSchema>
export type PostgresSystem = z.infer<typeof postgresSystemSchema>
export type ServiceSystem = z.infer<typeof serviceSystemSchema>
export type System = PostgresSystem | ServiceSystem
export type UatCase = z.infer<typeof uatCase>
export type PlanCheck = z.infer<typeof checkSchema>
export type PlanRemedy = z.infer<typeof remedySchema>
export type PlanRejects = z.infer<typeof rejectsSchema>
export type HealthCheck = z.infer<typeof healthSchema>

/** A plan that was read and checked. */
export interface RecoveryPlan extends PlanText {
  /** Over the unexpanded text and the hashes of the files it names. */
  readonly digest: string
  /** Folder of the plan file: relative paths start here. */
  readonly folder: string
  /** SHA-256 of each file that it names, by the name it uses; null for one that could not be read. */
  readonly files?: { readonly [path: string]: string | null }
  /** The plan file and where each `${NAME}` first stands in it, for errors about a missing variable. */
  readonly path?: string
  readonly variables?: { readonly [name: string]: { readonly line: number; readonly column: number } }
}

const unit: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of a duration text. Throws RangeError for what the schema would refuse. */
export function durationMs(text: string): number {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(text)
  if (!match) throw new RangeError(`not a duration: ${text}`)
  return Number(match[1]) * (unit[match[2] ?? ''] ?? Number.NaN)
}
