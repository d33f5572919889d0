import type { Card } from '../../domain/card.ts'
import { buildErrorCard } from '../../domain/cards/error-card.ts'
import type { ErrorCode } from '../../domain/errors/catalogue.ts'
import { describeFailure, SalvorError } from '../../domain/errors/fail.ts'

/** Codes whose hint names people: composed of the plan's names alone, so its marks are ours and stay. */
const namesPeople: readonly ErrorCode[] = ['role_missing', 'role_none', 'approval_own', 'approval_role']

/** Any thrown value as a private card: what was seen, then what to do next. */
export function buildAnswerToError(thrown: unknown): Card {
  const failure = describeFailure(thrown, (text) => text)
  const card = buildErrorCard(failure)
  if (!(thrown instanceof SalvorError) || !namesPeople.includes(thrown.code)) return card
  return { ...card, rows: [{ kind: 'text', text: failure.hint }] }
}
