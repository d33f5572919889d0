import { z } from 'zod'
import type { JsonObject } from '../../domain/json.ts'
import { type AnyCommand, type CommandSyntax, defineCommand } from '../define-command.ts'
import { askForJob } from './ask-for-job.ts'
import { ownerOf } from './rights.ts'

/** A command that asks for the job of its own name about a system or a service, with what was typed as its params. */
export function defineJobCommand(of: {
  readonly name: string
  readonly about: 'system' | 'service'
  readonly summary: string
  readonly examples: readonly string[]
  /** What stands behind the name, as it is shown, is split, and is read. */
  readonly options?: string
  readonly flags?: CommandSyntax['flags']
  readonly params?: z.ZodRawShape
  /** Whoever owns it, unless the job only looks. */
  readonly right?: 'any_role'
}): AnyCommand {
  const { name, about, summary, examples } = of
  return defineCommand({
    ...{ name, summary, examples },
    usage: [name, `<${about}>`, ...(of.options === undefined ? [] : [of.options])].join(' '),
    syntax: { words: [{ name: about, takes: about }], flags: of.flags ?? {} },
    params: z.strictObject({ [about]: z.string(), ...of.params }),
    right: (given, plan) => (of.right === 'any_role' ? { kind: 'any_role' } : ownerOf(String(given[about]), plan)),
    // What was not typed is no param.
    handle: (context, given) => askForJob(context, name, JSON.parse(JSON.stringify(given)) as JsonObject),
  })
}
