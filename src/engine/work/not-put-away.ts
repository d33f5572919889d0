import { type LeftBehind, leftBehind } from '../../domain/left-behind.ts'
import type { WorkDeps } from './deps.ts'

/** A step's clean-up threw: whatever it would have put away may still stand. */
export function notPutAway({ redact }: Pick<WorkDeps, 'redact'>, step: string, error: unknown): LeftBehind {
  return leftBehind('unknown', { step, seen: redact(error instanceof Error ? error.message : String(error)) })
}
