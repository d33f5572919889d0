import { spawn } from 'node:child_process'
import { writeLibpqEnvironment } from '../../src/tools/libpq-environment.ts'

/** Runs `pg_restore` as a person would, and answers the seconds it took. Throws what it said when it failed. */
export function runBare(url: string, args: readonly string[]): Promise<number> {
  const env = { ...process.env, ...writeLibpqEnvironment(url) }
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn('pg_restore', [...args], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve((performance.now() - started) / 1000)
      else reject(new Error(`pg_restore ended with ${code}: ${said}`))
    })
  })
}
