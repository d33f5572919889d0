import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Head, isAnchorDue, writeAnchor } from './domain/anchor.ts'
import { durationMs, type RecoveryPlan } from './domain/recovery-plan.ts'
import { expandText } from './plan/expand-text.ts'
import type { Log } from './ports/log.ts'

/** Milliseconds between two looks whether it is time. */
const lookEveryMs = 5_000

interface AnchorDeps {
  readonly plan: () => RecoveryPlan
  readonly listHeads: () => Promise<readonly Head[]>
  readonly env: NodeJS.ProcessEnv
  readonly now: () => Date
  readonly log: Log
}

/**
 * Appends the heads of journals to the file of the plan's `anchor`: of all at the start, of those that grew as often as
 * it says, and of an incident once it is closed. The file is only ever appended to, never read back, and no link is
 * followed: on a disk or a machine that the store's owner cannot write, it tells later whether the journal is still the
 * one that was there.
 */
export function createAnchorFile(of: AnchorDeps): () => Promise<void> {
  const kept = new Map<number, { readonly no: number; readonly at: string }>()
  return async () => {
    const { anchor, folder } = of.plan()
    if (anchor?.file === undefined) return
    const now = of.now()
    const at = now.toISOString()
    const everyMs = durationMs(anchor.every)
    try {
      const due = (await of.listHeads()).filter((head) => isAnchorDue(head, kept.get(head.incident), everyMs, now))
      const lines = due.map((head) => `${writeAnchor(head, at)}\n`).join('')
      if (lines !== '') await appendTo(resolve(folder, expandText(anchor.file, of.env)), lines)
      for (const { incident, no } of due) kept.set(incident, { no, at })
    } catch (error) {
      of.log.error({ file: anchor.file, error: String(error) }, 'the heads of the journals could not be anchored')
    }
  }
}

/** Keeps that file until it is stopped. */
export function keepAnchors(of: AnchorDeps): { stop(): Promise<void> } {
  const look = createAnchorFile(of)
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
