import { expect } from 'vitest'
import type { ClosedLive, SwitchIntent } from '../../../src/ports/database-tools.ts'
import type { PgProxy } from '../../support/pg-proxy.ts'
import { failureCode, type Pair, tools } from './rig.ts'

interface Scene {
  readonly pair: Pair
  readonly proxy: PgProxy
  readonly recount: (live: ClosedLive) => Promise<void>
}

/**
 * The process dies before (`hold`) or after a statement of a switch: all its connections end at once, and it settles
 * nothing itself.
 */
export async function dieAt(
  { pair, proxy, recount }: Scene,
  kind: 'hold' | 'after',
  pattern: RegExp,
  intent: SwitchIntent,
): Promise<void> {
  const { signal } = new AbortController()
  const through = { ...pair.target, url: proxy.through(pair.target.url), adminUrl: proxy.through(pair.target.adminUrl) }
  // Counting ends with a COMMIT too: the one that is meant comes after the renames.
  const isCommit = String(pattern) === String(/^COMMIT$/)
  const renamed = isCommit ? proxy.after(/ RENAME TO "live_\w+"$/) : undefined
  const held = isCommit ? undefined : proxy[kind](pattern)
  const dead = failureCode(tools.switchNames({ target: through, intent, recount, signal }))
  const one = await (held ?? passRename(proxy, renamed, kind))
  await proxy.refuse(true)
  one.drop()
  proxy.cut()
  expect(await dead).toBe('step_unknown')
}

async function passRename(proxy: PgProxy, renamed: ReturnType<PgProxy['after']> | undefined, kind: 'hold' | 'after') {
  const first = await renamed
  const commit = proxy[kind](/^COMMIT$/)
  first?.release()
  return commit
}
