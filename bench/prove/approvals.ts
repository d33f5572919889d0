import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How many sequences are played where, unless the command says otherwise; with 0 what was found before stays. */
const [inMemory = '100000', inSql = '2000', withRestarts = '200'] = process.argv.slice(2)
const proofs = 'docs/proofs/approvals.json'

const parts = [
  { where: 'memory', count: inMemory, file: 'test/engine/decisions.property.test.ts', config: 'vitest.config.ts' },
  { where: 'sql', count: inSql, file: 'test/postgres/decisions.property.test.ts', config: 'vitest.config.ts' },
  { where: 'restarts', count: withRestarts, file: 'test/faults/decisions.test.ts', config: 'vitest.faults.config.ts' },
] as const

type Outcome = { readonly where: string; readonly passed: boolean } & Readonly<Record<string, unknown>>

/**
 * Plays sequences of clicks, words, replays, stale cards, wrong people and ways round the engine, and writes
 * docs/proofs/approvals.json. Exit code 1 if something ran that was not approved, or a job was stranded.
 */
function main(): number {
  const folder = mkdtempSync(join(tmpdir(), 'salvor-approvals-'))
  const before: Outcome[] = existsSync(proofs) ? JSON.parse(readFileSync(proofs, 'utf8')).outcomes : []
  try {
    const outcomes = parts.flatMap((part) => {
      if (part.count !== '0') return [prove(part, folder)]
      return before.filter(({ where }) => where === part.where)
    })
    mkdirSync('docs/proofs', { recursive: true })
    writeFileSync(proofs, `${JSON.stringify({ proof: 'approvals', outcomes }, null, 2)}\n`)
    return outcomes.every(({ passed }) => passed) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function prove({ where, count, file, config }: (typeof parts)[number], folder: string): Outcome {
  // At the start: others may commit while it plays.
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
  const date = new Date().toISOString().slice(0, 10)
  const many = { [`PROVE_IN_${where.toUpperCase()}`]: count, PROVE_LANES: '6', PROVE_OUT: folder }
  const argv = ['node_modules/.bin/vitest', 'run', '--config', config, file]
  const { status } = spawnSync(process.execPath, argv, { env: { ...process.env, ...many }, stdio: 'inherit' })
  const path = join(folder, `${where}.json`)
  const found = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  return { where, commit, date, passed: status === 0, ...found }
}

process.exitCode = main()
