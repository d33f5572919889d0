import { SalvorError } from '../domain/errors/fail.ts'
import type { Engine } from '../engine/engine.ts'

/**
 * An engine that makes no move, for a role of the store that may only read: better said at once than by a refusal of
 * the store in the middle. Refusals cannot be journaled then; what is merely read needs no journal.
 */
export function onlyReading(engine: Engine): Engine {
  const refuse = async () => {
    throw new SalvorError('terminal_reads')
  }
  const names = Object.keys(engine).filter((name) => name !== 'recordRefusal')
  return { ...engine, ...Object.fromEntries(names.map((name) => [name, refuse])), recordRefusal: async () => {} }
}
