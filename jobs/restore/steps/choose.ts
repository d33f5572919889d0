import { messageOf } from '../../../src/domain/errors/error-message.ts'
import { SalvorError } from '../../../src/domain/errors/fail.ts'
import { parseMoment } from '../../../src/domain/physical-backup.ts'
import { chooseRestorePoint } from '../../../src/domain/restore-choice.ts'
import { listBackups } from '../../../src/engine/backups/list-backups.ts'
import { defineStep, type StepContext } from '../../../src/engine/define-step.ts'
import { aimAt } from '../aim-at.ts'
import { findLive } from '../find-live.ts'
import { chooseOutput, type RestoreParams } from '../params.ts'

/** Which backup: the newest usable one that precedes the beginning of the migration, or the one that was named. */
export const choose = defineStep<RestoreParams>({
  name: 'choose',
  title: 'choose backup',
  risk: 'read',
  where: 'worker',
  run: chooseBackup,
})

async function chooseBackup(context: StepContext<RestoreParams>) {
  const { system, backup } = context.params
  const unread: SalvorError[] = []
  const reach = { ...context, target: context.target(system) }
  const points = await listBackups(reach, system, (problem) => unread.push(problem))
  // Where nothing else is left, what could not be read is the answer.
  const [cause] = unread
  if (points.length === 0 && cause !== undefined) throw cause
  const { at, before = false } = context.params
  const moment = at === undefined ? null : parseMoment(at, before)
  const { beganAt } = context.incident
  if (moment !== null) {
    const aimed = await aimAt(context, points, moment)
    return chooseOutput.parse({ ...aimed, later: [], beganAt, named: true, unread: unread.map(messageOf) })
  }
  const choice = chooseRestorePoint({ points, beganAt, wanted: backup ?? null })
  switch (choice.kind) {
    case 'chosen':
      return chooseOutput.parse({
        candidates: choice.candidates,
        later: choice.later,
        beganAt,
        named: backup !== undefined && backup !== 'latest',
        unread: unread.map(messageOf),
      })
    case 'unknown':
      throw new SalvorError('backup_unknown', {
        backup: backup ?? '',
        system,
        nearest: findNearest(backup, choice.known),
      })
    case 'beginning_unknown':
      throw new SalvorError('backup_none', {
        system,
        before:
          'the beginning of the migration, because nobody said when that was (open the incident with --began <time>, or name one with --backup)',
      })
    case 'none': {
      const before =
        beganAt === null || backup === 'latest' ? 'this moment' : `the beginning of the migration at ${beganAt}`
      if (choice.foreign.length === 0) throw new SalvorError('backup_none', { system, before })
      // A server that cannot be asked, or that is another one, makes every archive foreign: that is the error to read.
      await findLive(context)
      throw new SalvorError('backup_foreign', { system, before, seen: choice.foreign.slice(0, 5).join(', ') })
    }
  }
}

/** The id that shares the longest beginning; ids are times, so the beginning is what people remember. */
function findNearest(wanted: string | undefined, known: readonly string[]): string {
  const shared = (id: string) => [...id].findIndex((character, at) => character !== wanted?.[at])
  const length = (id: string) => (shared(id) < 0 ? id.length : shared(id))
  return known.toSorted((one, other) => length(other) - length(one))[0] ?? 'none, there is no backup at all'
}
