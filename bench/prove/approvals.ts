import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How many sequences are played where, unless the command says otherwise: `prove:approvals 100000 2000`. */
const [inMemory = '100000', inSql = '2000'] = process.argv.slice(2)

const files = ['test/engine/decisions.property.test.ts', 'test/postgres/decisions.property.test.ts']

/**
 * Plays sequences of clicks, words, replays, stale cards, wrong people and ways round the engine, and writes
 * docs/proofs/approvals.json. Exit code 1 if something ran that was not approved, or a job was stranded.
 */
function main(): number {
  const folder = mkdtempSync(join(tmpdir(), 'salvor-approvals-'))
  // At the start: others may commit while it plays.
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
  try {
    const env = { ...process.env, PROVE_IN_MEMORY: inMemory, PROVE_IN_SQL: inSql, PROVE_OUT: folder }
    const argv = ['node_modules/.bin/vitest', 'run', ...files]
    const { status } = spawnSync(process.execPath, argv, { env, stdio: 'inherit' })
    const outcomes = ['memory', 'sql'].map((name) => join(folder, `${name}.json`)).filter((path) => existsSync(path))
    const proof = {
      ...{ proof: 'approvals', commit, date: new Date().toISOString().slice(0, 10), passed: status === 0 },
      outcomes: outcomes.map((path) => JSON.parse(readFileSync(path, 'utf8'))),
    }
    mkdirSync('docs/proofs', { recursive: true })
    writeFileSync('docs/proofs/approvals.json', `${JSON.stringify(proof, null, 2)}\n`)
    return status ?? 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = main()
