import type { JudgedPoint } from '../archive-origin.ts'
import type { Card, CardButton, CardRow } from '../card.ts'
import type { RestorePoint } from '../content.ts'
import { describeError, type ErrorMessage } from '../errors/error-message.ts'
import type { PhysicalBackup } from '../physical-backup.ts'
import { chooseRestorePoint, isAfterBeginning } from '../restore-choice.ts'
import { markTime, plainText } from '../text.ts'
import { writeDuration } from './durations.ts'

/** Newest points that one card holds; on a phone more would bury the one that matters. */
const shown = 12

/**
 * The restore points of a system, for the asker alone: which can be used, which were taken after the migration
 * began, which are broken and why. `beganAt` is null while nobody knows it; then no point is called good or late.
 */
export function buildBackupsCard(
  system: string,
  points: readonly JudgedPoint[],
  beganAt: string | null,
  /** Why places could not be read. */
  unread: readonly ErrorMessage[] = [],
): Card {
  const sorted = [...points].sort((one, other) => other.takenAt.localeCompare(one.takenAt))
  const choice = findDefault(sorted, beganAt)
  const listed = sorted.filter((point, index) => index < shown || point === choice)
  const headline = `Backups of ${system}`
  const advice = sayAdvice(system, choice, beganAt, points.length)
  const hidden = sorted.length - listed.length
  return {
    headline,
    rows: [
      { kind: 'text', text: advice },
      ...unread.map((why) => ({ kind: 'text' as const, text: `❌ ${plainText(describeError(why))}` })),
      ...listed.flatMap((point) => drawPoint(system, point, beganAt)),
      ...(hidden > 0 ? [{ kind: 'small' as const, text: `${hidden} older ones are not listed.` }] : []),
    ],
    buttons: [],
    fallback: `${headline}: ${advice}`,
  }
}

/** What `restore` takes without --backup: the newest readable point whose snapshot precedes the beginning. */
function findDefault(points: readonly JudgedPoint[], beganAt: string | null): RestorePoint | undefined {
  const choice = chooseRestorePoint({ points, beganAt, wanted: null })
  return choice.kind === 'chosen' ? choice.candidates[0] : undefined
}

function sayAdvice(system: string, choice: RestorePoint | undefined, beganAt: string | null, count: number): string {
  if (count === 0) return `None found where the plan names backups. Take one: \`backup ${system}\`.`
  if (beganAt === null) {
    return 'Nobody has said when the migration began, so none of these can be called safe: name one with --backup.'
  }
  // A list looks at headers and sizes alone: that an archive is whole is known once it was read to its end.
  if (choice)
    return `\`restore ${system}\` takes ${choice.id}, the newest before ${markTime(beganAt)}; if it turns out damaged, the next older one.`
  return `None can be used that precedes the beginning of the migration at ${markTime(beganAt)}.`
}

function drawPoint(system: string, point: JudgedPoint, beganAt: string | null): CardRow[] {
  const id = plainText(point.id)
  if (point.problem) return [{ kind: 'text', text: `❌ ${id} · ${plainText(describeError(point.problem))}` }]
  if (point.origin === 'other')
    return [{ kind: 'text', text: `✖ ${id} · of another database: ${plainText(point.source.database)}` }]
  const late = isAfterBeginning(point, beganAt)
  const unproven = point.origin === 'unproven'
  const facts = [
    `${late || unproven ? '⚠' : beganAt === null ? '•' : '✅'} ${id}`,
    `${point.physical?.type ?? 'dump'} ${markTime(point.takenAt, 'both')}`,
    point.physical === undefined ? null : describeChain(point.physical),
    unproven ? 'origin not proven: by its id only' : null,
    late ? 'after the migration began' : null,
    writeBytes(point.bytes),
    point.hasManifest || point.physical ? null : 'no manifest',
    point.predicted ? `about ${writeDuration(point.predicted.seconds * 1000)}` : null,
  ]
  const text = facts.filter((fact) => fact !== null).join(' · ')
  return [
    { kind: 'text', text },
    { kind: 'buttons', buttons: [restoreButton(system, point, late)] },
  ]
}

/** What it is put together from: a full one stands alone. */
function describeChain({ chain, clusterBytes }: PhysicalBackup): string {
  const whole = `cluster ${writeBytes(clusterBytes)}`
  return chain.length === 1 ? whole : `${whole}, chain of ${chain.length} complete`
}

function restoreButton(system: string, point: JudgedPoint, late: boolean): CardButton {
  const warning = [
    ...(late ? [' It was taken after the migration began, so it may hold the damage.'] : []),
    ...(point.origin === 'unproven' ? [' Nothing shows that it was made of this database.'] : []),
  ].join('')
  return {
    verb: 'Restore',
    rest: point.id,
    command: `restore ${system} --backup ${point.id}`,
    confirm: {
      title: `Restore ${system}?`,
      text: `From ${point.id}, beside the live database.${warning} The switch asks for approval first.`,
    },
  }
}

/** Decimal, as disks and dumps are sold: `1.1 GB`. */
function writeBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
