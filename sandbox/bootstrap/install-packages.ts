import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { BootstrapError } from './errors.ts'
import { findIn } from './find-programs.ts'
import type { Missing } from './packages.ts'
import { runCommand } from './run-command.ts'

/** A way to install on this machine: `argv` is what a person is asked to agree to. */
export type Installer = {
  argv: (packages: readonly Missing[]) => string[]
  run: (packages: readonly Missing[]) => Promise<void>
}

const POLICY = '/usr/sbin/policy-rc.d'
const CREATE_CLUSTER = '/etc/postgresql-common/createcluster.d'

/** Finds how packages are installed here; undefined where neither apt-get (as root or by sudo -n) nor brew can be used. */
export async function findInstaller(): Promise<Installer | undefined> {
  const path = (process.env.PATH ?? '').split(':').concat('/usr/bin', '/opt/homebrew/bin', '/usr/local/bin')
  const apt = process.platform === 'linux' ? findIn(path, 'apt-get') : undefined
  const become = process.getuid?.() === 0 ? [] : await findSudo(path)
  if (apt !== undefined && become !== undefined) return aptInstaller([...become, apt], become)
  const brew = process.platform === 'darwin' ? findIn(path, 'brew') : undefined
  if (brew === undefined) return undefined
  const argv = (packages: readonly Missing[]) => [brew, 'install', ...packages.map((p) => p.brew)]
  return { argv, run: async (packages) => mustRun(argv(packages)) }
}

function aptInstaller(apt: readonly string[], become: readonly string[]): Installer {
  const install = [...apt, 'install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120']
  const argv = (packages: readonly Missing[]) => [...install, ...packages.map((p) => p.apt)]
  return {
    argv,
    run: async (packages) => {
      await mustRun([...apt, 'update'])
      await withoutAutostart(become, async () => {
        // postgresql-common alone first: only then is there a folder in which to say that no cluster is wanted.
        if (packages.some((p) => p.apt === 'postgresql')) await mustRun([...install, 'postgresql-common'])
        await withoutMainCluster(become, () => mustRun(argv(packages)))
      })
    },
  }
}

/**
 * Debian starts a service as soon as its package is installed. A policy that denies it exists only meanwhile; where
 * the machine already has a policy, that one decides and is not touched.
 */
async function withoutAutostart(become: readonly string[], install: () => Promise<void>): Promise<void> {
  if (existsSync(POLICY)) return install()
  await withTemporaryFile(become, POLICY, '#!/bin/sh\nexit 101\n', '755', install)
}

/** The postgresql package would create a cluster on port 5432 that starts at the next boot. */
async function withoutMainCluster(become: readonly string[], install: () => Promise<void>): Promise<void> {
  if (!existsSync('/etc/postgresql-common/createcluster.conf')) return install()
  if (become.length === 0) mkdirSync(CREATE_CLUSTER, { recursive: true })
  const path = `${CREATE_CLUSTER}/salvor-bootstrap.conf`
  await withTemporaryFile(become, path, 'create_main_cluster = false\n', '644', install)
}

async function withTemporaryFile(
  become: readonly string[],
  path: string,
  text: string,
  mode: string,
  during: () => Promise<void>,
): Promise<void> {
  const remove = () => rmSync(path, { force: true })
  if (become.length === 0) {
    writeFileSync(path, text, { mode: Number.parseInt(mode, 8), flag: 'wx' })
    process.once('exit', remove)
  } else {
    const draft = `/tmp/salvor-bootstrap-${process.pid}`
    writeFileSync(draft, text)
    await mustRun([...become, 'install', '-D', '-m', mode, draft, path]).finally(() => rmSync(draft, { force: true }))
  }
  // Ctrl-C must not leave a policy behind that keeps every later service of this machine from starting.
  const ignore = () => {}
  process.on('SIGINT', ignore).on('SIGTERM', ignore)
  try {
    await during()
  } finally {
    if (become.length === 0) remove()
    else await runCommand([...become, 'rm', '-f', path])
    process.off('exit', remove).off('SIGINT', ignore).off('SIGTERM', ignore)
  }
}

async function findSudo(path: readonly string[]): Promise<string[] | undefined> {
  const sudo = findIn(path, 'sudo')
  if (sudo === undefined) return undefined
  return (await runCommand([sudo, '-n', 'true'])).code === 0
    ? [sudo, '-n', 'env', 'DEBIAN_FRONTEND=noninteractive']
    : undefined
}

async function mustRun(argv: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', HOMEBREW_NO_AUTO_UPDATE: '1' }
  const end = await runCommand(argv, { show: true, env })
  if (end.code === 0) return
  const seen = end.error?.message ?? end.output.trim().split('\n').slice(-2).join(' / ')
  throw new BootstrapError(
    `${argv.join(' ')} failed: ${seen}`,
    'Install the packages by hand, or use: docker compose up',
  )
}
