import { z } from 'zod'
import type { ApprovalSubject } from '../src/domain/approval.ts'
import { byName } from '../src/domain/by-name.ts'
import { digestOf } from '../src/domain/digest.ts'
import { SalvorError } from '../src/domain/errors/fail.ts'
import type { JsonObject } from '../src/domain/json.ts'
import type { StepChanges } from '../src/engine/define-job.ts'
import type { LookContext, StepContext } from '../src/engine/define-step.ts'
import type { HostAddress } from '../src/ports/host.ts'
import type { BoundFile } from '../src/ports/program-tools.ts'
import { expandArgv, onHost } from './expand-service.ts'
import { sayCommand } from './say-command.ts'

const commandsSchema = z.object({
  commands: z.array(
    z.object({
      argv: z.array(z.string()),
      on: z.string().optional(),
      files: z.array(z.object({ file: z.string(), is: z.string() })),
    }),
  ),
})
const coversSchema = z.object({ covers: byName(commandsSchema.partial().loose()) })

type Looking = Pick<LookContext<unknown>, 'expand' | 'plan' | 'resolvePath' | 'signal' | 'tools'>

/** A command of the plan, and the host that it runs on; without one it runs on this machine. */
export interface Command {
  readonly argv: readonly string[]
  readonly on?: HostAddress | undefined
}

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
    const bound = describeFiles(
      argv,
      files.filter(({ path }) => !logs.includes(path)),
    )
    binds.push(...bound.binds)
    details.push(...bound.details)
  }
  return { binds, details: [...new Set(details)] }
}

function describeFiles(argv: readonly string[], files: readonly BoundFile[], host?: string): BoundPrograms {
  const named = files.map(({ word, path, is }) => {
    const raw = argv[word] ?? ''
    return { file: raw.includes('${') ? raw : path, is }
  })
  const where = host === undefined ? '' : ` on ${host}`
  const details = named.map(({ file, is }) => {
    const how = is.startsWith('sha256:') ? is.replace(':', ' ') : 'known by place, size and times'
    return `File ${file}${where}, ${how}`
  })
  const unknown = 'What these files call in turn is not bound by the approval.'
  return { binds: named, details: details.length === 0 ? [] : [...details, unknown] }
}

/** Commands of a service, a migration or a test of a file, each with the files that it names as they are now. */
export async function bindServiceCommands(
  context: Looking,
  commands: readonly Command[],
): Promise<StepChanges & { readonly details: readonly string[] }> {
  const bound = await Promise.all(commands.map((command) => bindCommand(context, command)))
  return {
    does: commands.map(sayPlaced),
    binds: {
      commands: commands.map(({ argv, on }, index) => ({
        argv: [...argv],
        ...(on === undefined ? {} : { on: nameHost(on) }),
        files: [...(bound[index]?.binds ?? [])],
      })),
    },
    details: [...new Set(bound.flatMap(({ details }) => details))],
  }
}

function plain({ argv, on, files }: z.infer<typeof commandsSchema>['commands'][number]) {
  return { argv, on: on ?? null, files }
}

/** By its address too: a name may lead elsewhere once the environment says so. */
function nameHost({ name, ssh }: HostAddress): string {
  return `${name} ${ssh}`
}

/** As it stands on cards: `on app1: systemctl restart -- orders-api`. */
function sayPlaced({ argv, on }: Command): string {
  return on === undefined ? sayCommand(argv) : `on ${on.name}: ${sayCommand(argv)}`
}

async function bindCommand(context: Looking, { argv, on }: Command): Promise<BoundPrograms> {
  if (on === undefined) return bindPrograms(context, [argv], besideSalvor)
  const files = await context.tools.programs.bindOn(on, expandArgv(argv, onHost(context)), context.signal)
  return describeFiles(argv, files, on.name)
}

/**
 * Right before a command of a reversible step starts: it is one of those that were approved for this step, and its
 * files are the same, else `program_changed`. Where nobody was asked nothing was promised.
 */
export async function mustBeBoundService(
  context: Looking & Pick<StepContext<unknown>, 'approval' | 'step'>,
  command: Command,
): Promise<void> {
  if (context.approval === null) return
  const { covers } = coversSchema.parse(context.approval.subject.binds)
  const approved = covers[context.step.name]?.commands ?? []
  const { binds } = await bindServiceCommands(context, [command])
  const [now] = commandsSchema.parse(binds).commands
  const same = approved.find(
    ({ argv, on }) => digestOf(argv) === digestOf([...command.argv]) && on === command.on?.name,
  )
  if (same !== undefined && now !== undefined && digestOf(plain(same)) === digestOf(plain(now))) return
  const was = new Set(same?.files.map((one) => digestOf(one)))
  const changed = now?.files.filter((one) => !was.has(digestOf(one))).map(({ file }) => file) ?? []
  const seen =
    same === undefined
      ? `${sayPlaced(command)} was not on the card`
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
