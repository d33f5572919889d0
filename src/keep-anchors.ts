import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Anchor, writeAnchor } from './domain/anchor.ts'
import { durationMs, type RecoveryPlan } from './domain/recovery-plan.ts'
import { expandText } from './plan/expand-text.ts'
import type { Log } from './ports/log.ts'

/** Milliseconds between two looks whether it is time. */
const lookEveryMs = 5_000

/**
 * Appends the heads of all journals that grew to the file of the plan's `anchor`, at the start and then as often as it
 * says. The file is only ever appended to, and no link is followed: on a disk or a machine that the store's owner cannot
 * write, it tells later whether the journal is still the one that was there.
 */
export function keepAnchors(of: {
  readonly plan: () => RecoveryPlan
  readonly listHeads: () => Promise<readonly Anchor[]>
  readonly env: NodeJS.ProcessEnv
  readonly now: () => Date
  readonly log: Log
}): { stop(): Promise<void> } {
  const kept = new Map<number, string>()
  let last = Number.NEGATIVE_INFINITY
  const look = async () => {
    const { anchor, folder } = of.plan()
    const now = of.now()
    if (anchor?.file === undefined || now.getTime() - last < durationMs(anchor.every)) return
    try {
      const grown = (await of.listHeads()).filter(({ incident, no, hash }) => no > 0 && kept.get(incident) !== hash)
      const lines = grown.map((head) => `${writeAnchor(head, now.toISOString())}\n`).join('')
      if (lines !== '') await appendTo(resolve(folder, expandText(anchor.file, of.env)), lines)
      for (const { incident, hash } of grown) kept.set(incident, hash)
      last = now.getTime()
    } catch (error) {
      of.log.error({ file: anchor.file, error: String(error) }, 'the heads of the journals could not be anchored')
    }
  }
  let looking = look()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, lookEveryMs)
  return {
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}

async function appendTo(path: string, lines: string): Promise<void> {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants
  const file = await open(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600)
  try {
    await file.write(lines)
    await file.sync()
  } finally {
    await file.close()
  }
}
