import type { Card } from '../../domain/card.ts'
import { buildErrorCard } from '../../domain/cards/error-card.ts'
import type { ErrorCode } from '../../domain/errors/catalogue.ts'
import { describeFailure, SalvorError } from '../../domain/errors/fail.ts'
import { nameMarked } from '../../domain/text.ts'

/** Codes whose hint names people or a channel: composed of names of plan and store alone, so its marks are ours and stay. */
const marked: readonly ErrorCode[] = [
  ...(['role_missing', 'role_none', 'approval_own', 'approval_accepted', 'approval_role'] as const),
  ...(['handover_nobody', 'job_elsewhere'] as const),
]

/** Any thrown value as a private card: what was seen, then what to do next. */
export function buildAnswerToError(thrown: unknown): Card {
  const error = thrown instanceof SalvorError ? thrown : hideUnknown()
  const failure = describeFailure(error, (text) => text)
  const card = buildErrorCard(failure)
  if (!marked.includes(error.code)) return card
  const fallback = `${error.message} ${nameMarked(error.hint)}`
  return { ...card, rows: [{ kind: 'text', text: error.hint }], fallback }
}

/** An error from outside the catalogue may quote anything, a password too: people get a pointer to the log instead. */
export function hideUnknown(): SalvorError {
  return new SalvorError('unexpected', { seen: 'the log of this process says what' })
}
