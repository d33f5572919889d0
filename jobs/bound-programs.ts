import { z } from 'zod'
import type { ApprovalSubject } from '../src/domain/approval.ts'
import { byName } from '../src/domain/by-name.ts'
import { digestOf } from '../src/domain/digest.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import type { JsonObject } from '../src/domain/json.ts'
import type { StepChanges } from '../src/engine/define-job.ts'
import type { LookContext, StepContext } from '../src/engine/define-step.ts'
import { expandArgv } from './expand-service.ts'
import { sayCommand } from './say-command.ts'

const commandsSchema = z.object({
  commands: z.array(
    z.object({ argv: z.array(z.string()), files: z.array(z.object({ file: z.string(), is: z.string() })) }),
  ),
})
const coversSchema = z.object({ covers: byName(commandsSchema.partial().loose()) })

type Looking = Pick<LookContext<unknown>, 'expand' | 'plan' | 'resolvePath' | 'tools'>

/** What an approval of commands binds beside their words, and what Details say of it. */
export interface BoundPrograms {
  readonly binds: readonly JsonObject[]
  readonly details: readonly string[]
}

/** Where commands of services and migrations start: beside Salvor itself. Remedies start in the plan's folder. */
const besideSalvor = '.'

/**
 * The files that commands of the plan name, by their content as it is now. Words with a secret in them stay unexpanded.
 * Names without a place are looked for where the command will start: `cwd`, else the plan's folder.
 */
export async function bindPrograms(
  context: Looking,
  commands: readonly (readonly string[])[],
  cwd = context.resolvePath('.'),
): Promise<BoundPrograms> {
  const binds: JsonObject[] = []
  const details: string[] = []
  // A log that the plan reads grows by itself: it is what a command writes, not what it does.
  const logs = Object.values(context.plan.logs).flatMap(({ path }) =>
    path === undefined ? [] : context.resolvePath(path),
  )
  for (const argv of commands) {
    const files = await context.tools.programs.bind(expandArgv(argv, context), cwd)
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

/** Commands of a service, a migration or a test of a file, each with the files that it names as they are now. */
export async function bindServiceCommands(
  context: Looking,
  commands: readonly (readonly string[])[],
): Promise<StepChanges & { readonly details: readonly string[] }> {
  const bound = await Promise.all(commands.map((argv) => bindPrograms(context, [argv], besideSalvor)))
  return {
    does: commands.map(sayCommand),
    binds: { commands: commands.map((argv, index) => ({ argv: [...argv], files: [...(bound[index]?.binds ?? [])] })) },
    details: [...new Set(bound.flatMap(({ details }) => details))],
  }
}

/**
 * Right before a command of a reversible step starts: it is one of those that were approved for this step, and its
 * files are the same, else `program_changed`. Where nobody was asked nothing was promised.
 */
export async function mustBeBoundService(
  context: Looking & Pick<StepContext<unknown>, 'approval' | 'step'>,
  argv: readonly string[],
): Promise<void> {
  if (context.approval === null) return
  const { covers } = coversSchema.parse(context.approval.subject.binds)
  const approved = covers[context.step.name]?.commands ?? []
  const { binds } = await bindServiceCommands(context, [argv])
  const [now] = commandsSchema.parse(binds).commands
  const same = approved.find((one) => digestOf(one.argv) === digestOf([...argv]))
  if (same !== undefined && now !== undefined && digestOf(same) === digestOf(now)) return
  const was = new Set(same?.files.map((one) => digestOf(one)))
  const changed = now?.files.filter((one) => !was.has(digestOf(one))).map(({ file }) => file) ?? []
  const seen =
    same === undefined
      ? `${sayCommand(argv)} was not on the card`
      : changed.length === 0
        ? 'a file that the card names is gone'
        : `${changed.join(', ')} changed`
  throw new SalvorError('program_changed', { seen })
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
