import type { ApprovalSubject } from '../src/domain/approval.ts'
import { digestOf } from '../src/domain/digest.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import type { JsonObject } from '../src/domain/json.ts'
import type { LookContext, StepContext } from '../src/engine/define-step.ts'
import { expandArgv } from './expand-service.ts'

type Looking = Pick<LookContext<unknown>, 'expand' | 'plan' | 'resolvePath' | 'tools'>

/** What an approval of commands binds beside their words, and what Details say of it. */
export interface BoundPrograms {
  readonly binds: readonly JsonObject[]
  readonly details: readonly string[]
}

/** The files that commands of the plan name, by their content as it is now. Words with a secret in them stay unexpanded. */
export async function bindPrograms(context: Looking, commands: readonly (readonly string[])[]): Promise<BoundPrograms> {
  const binds: JsonObject[] = []
  const details: string[] = []
  // A log that the plan reads grows by itself: it is what a command writes, not what it does.
  const logs = Object.values(context.plan.logs).flatMap(({ path }) =>
    path === undefined ? [] : context.resolvePath(path),
  )
  for (const argv of commands) {
    const files = await context.tools.programs.bind(expandArgv(argv, context), context.resolvePath('.'))
    for (const { word, path, is } of files) {
      if (logs.includes(path)) continue
      const raw = argv[word] ?? ''
      const name = raw.includes('${') ? raw : path
      binds.push({ file: name, is })
      details.push(
        `File ${name}, ${is.startsWith('sha256:') ? is.replace(':', ' ') : 'known by place, size and times'}`,
      )
    }
  }
  const unknown = 'What these files call in turn is not bound by the approval.'
  return { binds, details: details.length === 0 ? [] : [...details, unknown] }
}

/** Right before a command starts: its files are those of the approved card, else program_changed. */
export async function mustBeBound(
  context: Looking & Pick<StepContext<unknown>, 'approval'>,
  commands: readonly (readonly string[])[],
): Promise<void> {
  const approved: ApprovalSubject | undefined = context.approval?.subject
  if (approved === undefined) return
  const { binds } = await bindPrograms(context, commands)
  const known = Array.isArray(approved.binds.programs) ? approved.binds.programs : []
  if (digestOf([...binds]) === digestOf(known)) return
  const was = new Set(known.map((one) => digestOf(one)))
  const changed = binds.filter((one) => !was.has(digestOf(one))).map((one) => String(one.file))
  const seen = changed.length === 0 ? 'a file that the card names is gone' : `${changed.join(', ')} changed`
  throw new SalvorError('program_changed', { seen })
}
