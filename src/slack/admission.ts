import { buildErrorCard } from '../domain/cards/error-card.ts'
import { describeFailure, SalvorError } from '../domain/errors/fail.ts'
import type { AnswerPrivately } from './answer.ts'
import type { Hearing } from './receive.ts'
import type { Self } from './self.ts'

/** Who is listened to at all, and how the others are told. */
export function createAdmission(of: {
  readonly self: Self
  readonly answerPrivately: AnswerPrivately
  readonly onRefused: (error: SalvorError) => void
}): Pick<Hearing, 'botUser' | 'isOwn' | 'admit' | 'hint'> {
  const tell = (error: SalvorError, place: Parameters<AnswerPrivately>[1]) =>
    of.answerPrivately(buildErrorCard(describeFailure(error, (text) => text)), place)
  return {
    botUser: () => of.self.userId(),
    isOwn: (body) =>
      of.self.requireOwn(body).then(
        () => true,
        () => false,
      ),
    async admit(body, place) {
      try {
        await of.self.requireOwn(body)
        return true
      } catch (error) {
        if (!(error instanceof SalvorError)) throw error
        of.onRefused(error)
        await tell(error, place)
        return false
      }
    },
    hint: (code, place) => tell(new SalvorError(code), place),
  }
}
