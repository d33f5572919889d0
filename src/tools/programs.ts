import { access, constants, stat } from 'node:fs/promises'
import type { ProgramTools } from '../ports/program-tools.ts'
import type { ToolRunner } from '../ports/tool-runner.ts'
import { bindProgram } from './bind-program.ts'
import { findProgram } from './find-program.ts'
import { runOnHost } from './hosts/ask-host.ts'
import { bindOnHost } from './hosts/bind-on-host.ts'
import { findOpenToOthers } from './open-to-others.ts'
import { runCommand, sayEnd } from './services/run-command.ts'
import { makeToolEnvironment } from './tool-environment.ts'

/** Most time that `--version` may take; a program that hangs does not say its version. */
const VERSION_MS = 5_000

/** A host that says nothing for so long is away; the client gives up sooner by itself. */
const REACH_MS = 30_000

/** Looks at programs and files of this machine. */
export function createProgramTools(deps: {
  readonly run: ToolRunner
  readonly redact: (text: string) => string
}): ProgramTools {
  const find = (program: string) => {
    try {
      return findProgram(program, makeToolEnvironment(process.env).PATH)
    } catch {
      return null
    }
  }
  return {
    find,
    async version(program, signal) {
      if (find(program) === null) return null
      const result = await runCommand(deps, [program, '--version'], signal, VERSION_MS)
      const line = (result.stdoutTail || result.stderrTail).split('\n')[0]?.trim() ?? ''
      return result.exitCode === 0 && line !== '' ? line : null
    },
    async look(path) {
      try {
        const found = await stat(path)
        const readable = await access(path, constants.R_OK).then(
          () => true,
          () => false,
        )
        return { bytes: found.size, folder: found.isDirectory(), readable }
      } catch {
        return null
      }
    },
    findOpenToOthers,
    bind: (argv, cwd) => bindProgram(argv, cwd, makeToolEnvironment(process.env).PATH),
    async reach(host, signal) {
      await runOnHost(deps.run, host, { argv: ['true'], signal, timeoutMs: REACH_MS })
    },
    bindOn: (host, argv, signal) => bindOnHost(deps.run, host, argv, signal),
    async ask(argv, signal, timeoutMs) {
      return sayEnd(deps, argv, await runCommand(deps, argv, signal, timeoutMs))
    },
  }
}
