import type { Statement } from './split-statements.ts'

/** Settings that keep a remedy from waiting for ever, or that its transaction stands on. */
export const keptSettings = [
  'LOCK_TIMEOUT',
  'STATEMENT_TIMEOUT',
  'TRANSACTION_TIMEOUT',
  'IDLE_IN_TRANSACTION_SESSION_TIMEOUT',
  'TRANSACTION',
  'STANDARD_CONFORMING_STRINGS',
  'SYNCHRONOUS_COMMIT',
  'TRACK_COUNTS',
  'AUTHORIZATION',
]

const transactionWords = ['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE', 'PREPARE']
const outsideWords = ['VACUUM', 'CHECKPOINT', 'LOAD', 'DISCARD', 'LISTEN', 'UNLISTEN']
const clusterThings = ['DATABASE', 'TABLESPACE', 'SYSTEM', 'SUBSCRIPTION']

/**
 * Why a statement cannot be part of a remedy; null when it can. A remedy is one transaction that Salvor begins and
 * ends: it must be possible to roll it back as if it had never been, and nothing of it may happen outside.
 */
export function refuseStatement({ words }: Statement): string | null {
  const [first = '', second = ''] = words
  if (transactionWords.includes(first)) return `${first} would end or split the transaction that Salvor keeps`
  if (outsideWords.includes(first)) return `${first} does not belong into a transaction`
  if (['CREATE', 'ALTER', 'DROP'].includes(first) && clusterThings.includes(second))
    return `${first} ${second} cannot be rolled back`
  if (words.includes('CONCURRENTLY')) return 'CONCURRENTLY needs transactions of its own'
  if (first === 'COPY') return 'COPY reads or writes files or programs, which no rollback takes back; use INSERT'
  if (first === 'SET' || first === 'RESET') {
    const kept = words.slice(1, 4).find((word) => keptSettings.includes(word) || word === 'ALL')
    if (kept !== undefined) return `${first} ${kept} would change what Salvor's transaction stands on`
  }
  return null
}
