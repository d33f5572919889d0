import { parseArgs } from 'node:util'
import { ensurePrograms } from './ensure-programs.ts'
import { BootstrapError } from './errors.ts'
import type { Purpose } from './packages.ts'

const USAGE = 'usage: node sandbox/bootstrap/main.ts [--yes] [--for sandbox|test]'

process.exitCode = await prepareMachine(process.argv.slice(2))

/** Makes sure that the programs are there and says where; returns the exit code (2: wrong arguments, 1: missing). */
async function prepareMachine(args: string[]): Promise<number> {
  const asked = readArguments(args)
  if (asked === undefined) {
    process.stderr.write(`${USAGE}\n`)
    return 2
  }
  try {
    const found = await ensurePrograms(asked)
    process.stdout.write(
      `PostgreSQL ${found.postgresBin}\nRedis      ${found.redisServer}\n` +
        (asked.purpose === 'test' ? `sshd       ${found.sshd ?? 'none: tests against hosts will skip'}\n` : ''),
    )
    return 0
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

function readArguments(args: string[]): { yes: boolean; purpose: Purpose } | undefined {
  try {
    const { values } = parseArgs({ args, options: { yes: { type: 'boolean' }, for: { type: 'string' } } })
    const purpose = values.for ?? 'sandbox'
    if (purpose !== 'sandbox' && purpose !== 'test') return undefined
    return { yes: values.yes ?? false, purpose }
  } catch {
    return undefined
  }
}
