import type { ApprovalSubject } from '../../src/domain/approval.ts'
import { warning } from '../../src/domain/approval-warnings.ts'
import { writeCount } from '../../src/domain/count.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import type { JsonObject } from '../../src/domain/json.ts'
import { readLooseRemedy, readUploadSql, showRemedy } from '../../src/domain/loose-remedy.ts'
import { countLostRows, describeEffect, describeReplay, type RemedyEffect } from '../../src/domain/remedy.ts'
import type { LookContext } from '../../src/engine/define-step.ts'
import type { MovedSequence } from '../../src/ports/remedy-tools.ts'
import { describeRows } from '../restore/describe-loss.ts'
import { readDryRun } from './dry-run.ts'
import { findRemedy } from './find-remedy.ts'
import { type FixParams, type LookOutput, lookOutput, type rehearseOutput, shownEffect } from './params.ts'

/**
 * What the remedy will do, as the dry run saw it; or as an attempt saw it that then refused to commit, because it
 * was no longer the same. Bound: the SQL, its hash, every count, and which database of which server.
 */
export async function collectEvidence(context: LookContext<FixParams>): Promise<ApprovalSubject> {
  const { system, remedy, undoes } = context.params
  const looked = lookOutput.parse(context.outputOf('look'))
  const dryRun = readDryRun(context)
  const { effect, replay } = shownEffect.parse(context.records.seen ?? dryRun)
  const { systemIdentifier, name, oid } = await mustBeSame(context, looked)
  const lines = describeEffect(effect)
  const loads = replay === null ? [] : describeReplay(replay, 'would')
  const failing = Object.values(replay ?? {}).reduce((sum, one) => sum + one.failing, 0)
  const ceiling = countLostRows(effect)
  return {
    ...warnOfSharer(context.params),
    action:
      undoes === undefined
        ? `the remedy ${showRemedy(remedy)} on ${system}`
        : `taking back ${undoes} (${showRemedy(remedy)}) on ${system}`,
    verb: 'fix',
    target: `${system}: ${name} (OID ${oid}) on server ${systemIdentifier}`,
    proven: [
      `dry run in ${dryRun.seconds.toFixed(dryRun.seconds < 1 ? 2 : 1)} s, rolled back`,
      ...(lines.length > 0 ? lines : ['it touches no row']),
      ...loads,
      ...sayLocks(dryRun.locks),
    ].join('; '),
    unproven: failing === 0 ? 'none' : `${writeCount(failing)} rejected rows still fail and stay where they are`,
    lost: sayLost(effect, dryRun.sequences),
    does: [
      ...looked.shown.map((statement) => `${statement};`),
      ...Object.entries(replay ?? {}).map(
        ([table, { loaded }]) => `-- then load ${writeCount(loaded)} rejected rows into ${table}`,
      ),
    ],
    back: await sayWayBack(context),
    details: [
      `Remedy ${looked.from}, sha256 ${looked.sha256}`,
      ...dryRun.locks.map(({ table, mode }) => `Lock: ${mode} on ${table}`),
      ...dryRun.samples.map(saySample),
      ...(looked.rejects?.source.kind !== 'files'
        ? []
        : ['After the commit, rows that were loaded are taken out of the reject files; each file is kept beside.']),
      'It commits only if all counts are the same again; sequences that it moves are not rolled back by a dry run.',
    ],
    ceiling,
    binds: {
      systemIdentifier,
      database: name,
      oid,
      remedy,
      sha256: looked.sha256,
      effect,
      sequences: dryRun.sequences.map(({ name }) => name),
      replay: replay as JsonObject | null,
    } satisfies JsonObject,
  }
}

/** SQL that somebody brought: whose it is stands before all else. */
export function warnOfSharer({ remedy, sharedBy: by, undoes }: FixParams): Pick<ApprovalSubject, 'warnings'> {
  const back = undoes === undefined ? undefined : readUploadSql(readLooseRemedy(remedy)?.undo ?? '')?.name
  return by === undefined ? {} : { warnings: [warning('remedy_shared', { file: back ?? showRemedy(remedy), by })] }
}

/** The database that was looked at first; another one under the same name is refused. */
export async function mustBeSame(
  context: LookContext<{ readonly system: string }>,
  { identity: known }: Pick<LookOutput, 'identity'>,
) {
  const { system } = context.params
  const identity = await context.tools.databases.identify(context.target(system))
  if (identity.systemIdentifier !== known.systemIdentifier) {
    const seen = `system identifier ${identity.systemIdentifier} instead of ${known.systemIdentifier}`
    throw new SalvorError('target_not_expected', { system, seen })
  }
  if (identity.oid !== known.oid)
    throw new SalvorError('target_changed', {
      system,
      seen: `${known.name} is another database than before the dry run`,
    })
  return identity
}

/** Locks that keep others from writing, or from reading as well, while it runs. */
function sayLocks(locks: readonly { readonly table: string; readonly mode: string }[]): string[] {
  const hard = locks.filter(({ mode }) => /^(Share|ShareRowExclusive|Exclusive|AccessExclusive)Lock$/.test(mode))
  return hard.map(({ table, mode }) =>
    mode === 'AccessExclusiveLock' ? `nobody reads or writes ${table} meanwhile` : `nobody writes ${table} meanwhile`,
  )
}

function sayLost(effect: RemedyEffect, sequences: readonly MovedSequence[]): string {
  const lost = countLostRows(effect)
  const replaced = Object.values(effect.tables).reduce((sum, { updated }) => sum + updated, 0)
  const parts = [
    ...(Object.keys(lost).length === 0 ? [] : [describeRows(lost)]),
    ...(effect.droppedColumns.length === 0 ? [] : [`the columns ${effect.droppedColumns.join(', ')}`]),
    ...(replaced === 0 ? [] : [`the former values of ${writeCount(replaced)} rows`]),
    ...sequences.map(
      ({ name, before, after }) => `where ${name} stood: the dry run moved it from ${before} to ${after}`,
    ),
  ]
  return parts.length === 0 ? 'nothing' : parts.join('; ')
}

async function sayWayBack(context: LookContext<FixParams>): Promise<string> {
  const { system, remedy, undoes } = context.params
  const { undo } = findRemedy(context.plan, system, remedy)
  if (undoes === undefined && undo !== undefined)
    return `Undo runs ${readUploadSql(undo)?.name ?? undo}, by a dry run and an approval of its own`
  return `none in the plan; \`restore ${system}\` brings back a backup`
}

function saySample(sample: ReturnType<typeof rehearseOutput.parse>['samples'][number]): string {
  const { table, what, key, columns, values } = sample
  const changed = values
    ? Object.entries(values).map(([column, { before, after }]) => `${column}: ${before} → ${after}`)
    : columns
  return `${table}, ${key}: ${what}${changed.length === 0 ? '' : ` ${changed.join(', ')}`}`
}
