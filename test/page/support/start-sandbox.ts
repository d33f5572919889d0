import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startGuarded } from '../../../sandbox/bootstrap/guarded-server.ts'
import { findFreePort } from '../../../sandbox/bootstrap/index.ts'
import { until } from '../../support/until.ts'
import { evidenceFolder } from './evidence.ts'

/** The sandbox as a person starts it. */
export interface RunningSandbox {
  /** The address that it printed. */
  readonly url: string
  /** Copies Salvor's own logs to where the pictures are, while they exist. */
  keepLogs(): void
  /** Ends it as Ctrl-C does, and waits. */
  stop(): Promise<void>
}

/**
 * Starts `salvor sandbox` on a free port and waits for the address that it prints. `scale` 1 is a million rows. What it
 * prints stays in screenshots/<name>.log until the next run.
 */
export async function startSandbox(name: string, scale: number): Promise<RunningSandbox> {
  mkdirSync(evidenceFolder, { recursive: true })
  const log = join(evidenceFolder, `${name}.log`)
  rmSync(log, { force: true })
  const plain = Object.entries(process.env).filter(([key]) => !/^(VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$)/.test(key))
  const sandbox = startGuarded({
    argv: [process.execPath, 'bin/salvor.js', 'sandbox', '--yes'],
    log,
    cwd: process.cwd(),
    env: {
      ...Object.fromEntries(plain),
      SANDBOX_PORT: String(await findFreePort()),
      SANDBOX_SCALE: String(scale),
    },
    deathSignal: 'TERM',
  })
  const output = () => readFileSync(log, 'utf8')
  const address = await until(
    'the address of the sandbox',
    () => /Open\s+(http:\S+)/.exec(output())?.[1] ?? (sandbox.isRunning() ? undefined : 'ended'),
    120_000,
    100,
  )
  if (address === 'ended') throw new Error(`The sandbox ended before it was up:\n${output()}`)
  return {
    url: address,
    keepLogs() {
      const folder = /Logs: (\S+)/.exec(output())?.[1]
      // Gone with the sandbox, where it ended by itself.
      if (folder === undefined || !existsSync(folder)) return
      for (const file of readdirSync(folder).filter((one) => one.endsWith('.log')))
        copyFileSync(join(folder, file), join(evidenceFolder, `${name}-${file}`))
    },
    async stop() {
      sandbox.kill('SIGTERM')
      const hold = setInterval(() => {}, 60_000)
      await sandbox.ended.finally(() => clearInterval(hold))
    },
  }
}
