import { writeStorableJson } from '../domain/json.ts'
import type { Log } from '../ports/log.ts'
import type { Lease, Leases } from '../ports/store.ts'
import { type HeldKey, holdKey } from './held-key.ts'
import { createStoreTx } from './transaction.ts'
import { tryAgain } from './try-again.ts'

/** What the advisory lock on a step is made of; the store's functions look for the same. */
export function keyOfStep(step: string): string {
  return `salvor step ${step}`
}

/** What the session of a lease calls itself. */
export function nameOfLease(step: string): string {
  return `salvor:lease:${step}`.slice(0, 63)
}

/**
 * Leases on steps: each an advisory lock on a session of its own. The server ends the session when it was silent for
 * 15 s, so a frozen holder loses the lock; the holder itself gives up earlier, see the runner.
 */
export function createLeases(url: string, log: Log): Leases {
  return {
    async tryHold(step) {
      const held = await holdKey(url, keyOfStep(step), nameOfLease(step), log)
      if (!held) return undefined
      const stop = new Set<() => void>()
      held.client.on('notification', (message) => {
        if (message.channel === 'salvor_stop' && step.startsWith(`${message.payload}/`))
          for (const listener of stop) listener()
      })
      await held.client.query('LISTEN salvor_stop')
      return createLease(held, step, stop)
    },
  }
}

function createLease({ client, alone, onLost, close }: HeldKey, step: string, stop: Set<() => void>): Lease {
  return {
    step,
    transaction: (work) =>
      alone(() =>
        tryAgain(async () => {
          await client.query('BEGIN')
          try {
            const result = await work(createStoreTx(client))
            await client.query('COMMIT')
            return result
          } catch (error) {
            await client.query('ROLLBACK').catch(() => {})
            throw error
          }
        }),
      ),
    beat: ({ fence, runner, progress }) =>
      alone(async () => {
        const { rows } = await client.query<{ stop_requested_by: string | null }>(
          'SELECT stop_requested_by FROM salvor.beat($1, $2, $3, $4)',
          [step, fence, runner, progress === null ? null : writeStorableJson(progress)],
        )
        return { stopRequestedBy: rows[0]?.stop_requested_by ?? null, stillMine: rows.length === 1 }
      }),
    onStop: (listener) => stop.add(listener),
    onLost,
    close,
  }
}
