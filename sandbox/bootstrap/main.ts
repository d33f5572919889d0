import { parseArgs } from 'node:util'
import { ensurePrograms } from './ensure-programs.ts'
import { BootstrapError } from './errors.ts'
import { type Purpose, purposes } from './packages.ts'

const USAGE = `usage: node sandbox/bootstrap/main.ts [--yes] [--for ${purposes.join('|')}]`

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
        (asked.purpose === 'test' ? `sshd       ${found.sshd ?? 'none: tests against hosts will skip'}\n` : '') +
        (asked.purpose === 'page' ? `Chromium   ${found.chromium}\n` : ''),
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
    const purpose = purposes.find((one) => one === (values.for ?? 'sandbox'))
    return purpose === undefined ? undefined : { yes: values.yes ?? false, purpose }
  } catch {
    return undefined
  }
}
