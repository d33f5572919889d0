import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { commandRegister } from '../commands/index.ts'
import { BootstrapError, ensurePrograms, findFreePort, startPostgres, startRedis } from './bootstrap/index.ts'
import { createGuide } from './guide.ts'
import type { SalvorProcess } from './salvor-process.ts'
import { stories } from './scenario/index.ts'
import type { CommandHint } from './slack/page/wire.ts'
import { type Night, prepareNight } from './start-night.ts'

/**
 * Brings up the whole product on this machine and waits for Ctrl-C. Everything lives in one folder and goes with it.
 * `--story <id>` chooses the failed migration; SANDBOX_TRANSPORT=socket lets Salvor hear Slack over Socket Mode.
 */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now()
  const yes = argv.includes('--yes') || env.CI === 'true'
  const tell = (line: string) => process.stdout.write(`${line}\n`)
  const dir = mkdtempSync(join(tmpdir(), 'salvor-sandbox-'))
  // PostgreSQL runs as another user than root and must be able to walk in.
  chmodSync(dir, 0o711)
  const closers: (() => Promise<void>)[] = [async () => rmSync(dir, { recursive: true, force: true })]
  const close = async () => {
    for (const closer of closers.toReversed()) await closer().catch(() => {})
  }
  try {
    const story = chooseStory(argv)
    await ensurePrograms({ yes })
    tell('Starting PostgreSQL and Redis …')
    const settings = {
      max_connections: '100',
      shared_buffers: '256MB',
      max_wal_size: '4GB',
      synchronous_commit: 'off',
      // Tells what came after the migration from what the migration made itself.
      track_commit_timestamp: 'on',
    }
    const postgres = await startPostgres({ dir: join(dir, 'postgres'), settings })
    closers.push(() => postgres.stop('immediate'))
    const redis = await startRedis({ dir: join(dir, 'redis'), appendonly: true })
    closers.push(() => redis.stop())
    await createStore(postgres.url('postgres'))
    const slackPort = await choosePagePort(env.SANDBOX_PORT)
    let endUnasked: (ended: 'salvor') => void = () => {}
    const endedUnasked = new Promise<'salvor'>((resolve) => {
      endUnasked = resolve
    })
    let current: SalvorProcess | undefined
    const start = async (night: Night) => {
      const started = await night.start('serve')
      current = started
      // One that was ended to begin a story anew has a successor, or will have.
      void started.ended.then(() => !guide.isResetting() && current === started && endUnasked('salvor'))
    }
    const commands = new Set(commandRegister.map(({ name }) => name))
    const guide = createGuide({ storeUrl: postgres.url('salvor'), story, commands, restart: start })
    const night = await prepareNight({
      adminUrl: postgres.url('postgres'),
      storeUrl: postgres.url('salvor'),
      redisUrl: redis.url,
      dir,
      scale: Number(env.SANDBOX_SCALE ?? 1),
      slackPort,
      story,
      transport: env.SANDBOX_TRANSPORT === 'socket' ? 'socket' : 'http',
      page: { commands: commandRegister.map(hintAt), panel: guide.panel },
      watched: true,
      tell,
    })
    closers.push(() => night.close())
    tell('Starting Salvor …')
    await start(night)
    guide.attach(night)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    tell(`
The sandbox is up after ${seconds} s: a migration of the orders database has just failed.

  Open   ${night.slack.pageUrl}

and follow the checklist beside the conversation: it goes from the first word to the report.

Ctrl-C ends it and removes everything. Logs: ${dir}`)
    const ended = await Promise.race([waitForSignal(), endedUnasked])
    if (ended === 'salvor') tell(`Salvor has ended; see ${join(dir, 'salvor-serve.log')}`)
    tell('Closing …')
    if (ended === 'salvor') closers.shift()
    await close()
    return ended === 'salvor' ? 1 : 0
  } catch (error) {
    const said =
      error instanceof BootstrapError
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error)
    process.stderr.write(`${said}\n`)
    await close()
    return 1
  }
}

/** The story that `--story <id>` names, or the first. */
function chooseStory(argv: readonly string[]): string {
  const ids = stories.map(({ id }) => id)
  const at = argv.indexOf('--story')
  const wished = at < 0 ? ids[0] : argv[at + 1]
  if (wished !== undefined && ids.includes(wished)) return wished
  throw new BootstrapError(`There is no story ${wished ?? 'without a name'}.`, `Choose one of: ${ids.join(', ')}.`)
}

function hintAt({ name, usage, summary, examples }: (typeof commandRegister)[number]): CommandHint {
  return { name, usage, summary, examples }
}

/** The page's port: the asked-for one or nothing; without a wish 3030, or any free one where that is taken. */
async function choosePagePort(wished: string | undefined): Promise<number> {
  const port = Number(wished ?? 3030)
  if (await isFree(port)) return port
  if (wished === undefined) return findFreePort()
  throw new BootstrapError(`Port ${port} is taken.`, 'Set SANDBOX_PORT to another one, or leave it out.')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

async function createStore(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query('CREATE DATABASE salvor')
  await client.end()
}

function waitForSignal(): Promise<'signal'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('signal'))
  })
}
