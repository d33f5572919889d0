import { type ErrorMessage, redactMessage } from '../domain/errors/error-message.ts'
import { SalvorError } from '../domain/errors/fail.ts'

/**
 * Tools whose errors hold no secret, whether they are thrown or answered as the `problem` of a thing or of each thing of a
 * list: what a program printed is one of their facts, and who catches such an error stores or shows it.
 */
export function redactErrors<T extends object>(tools: T, redact: (text: string) => string): T {
  return new Proxy(tools, {
    get(of, name, receiver) {
      const member: unknown = Reflect.get(of, name, receiver)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) => {
        const answer: unknown = Reflect.apply(member, of, args)
        if (!(answer instanceof Promise)) return answer
        return answer.then(
          (value) => redactProblems(value, redact),
          (thrown: unknown) => Promise.reject(thrown instanceof SalvorError ? thrown.redacted(redact) : thrown),
        )
      }
    },
  })
}

function redactProblems(answer: unknown, redact: (text: string) => string): unknown {
  if (Array.isArray(answer)) return answer.map((one) => redactProblem(one, redact))
  return redactProblem(answer, redact)
}

function redactProblem(one: unknown, redact: (text: string) => string): unknown {
  if (typeof one !== 'object' || one === null || !('problem' in one) || one.problem === null) return one
  if (typeof one.problem !== 'object') return one
  return { ...one, problem: redactMessage(one.problem as ErrorMessage, redact) }
}
