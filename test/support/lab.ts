import { execFile, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import { startGuarded } from '../../sandbox/bootstrap/guarded-server.ts'
import { type LabSsh, SSHD_UNIT, writeSshd } from './lab/write-sshd.ts'
import { writeUnits } from './lab/write-units.ts'
import { until } from './until.ts'

/** A machine with real systemd whose network is this machine's, and whose files are thrown away. */
export type Lab = {
  /** Runs argv inside as root. */
  exec: (argv: readonly string[]) => Promise<{ code: number; output: string }>
  /** Folder with `systemctl` and `journalctl` that speak to the lab: put it first on PATH. */
  bin: string
  systemctlPath: string
  /** Present when asked for. */
  ssh?: LabSsh
  /** Ends everything in it at once. */
  stop: () => Promise<void>
}

/** What a lab is made of. `units` by file name; `shares`: folders that it sees and may write at the same path. */
export type LabOptions = { units?: Readonly<Record<string, string>>; shares?: readonly string[]; ssh?: boolean }

const PATH = '/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * Why there can be no lab here (no Linux, no root, no systemd, no namespaces); undefined when there can. For
 * `test.skipIf`; says it on stderr too, so that a skipped test is not taken for a passed one.
 */
export function whyNoLab(options: { ssh?: boolean } = {}): string | undefined {
  const reason = findObstacle(options.ssh ?? false)
  if (reason !== undefined) process.stderr.write(`skipped, no lab with systemd: ${reason}\n`)
  return reason
}

/** Boots a lab and waits until its systemd answers. */
export async function bootLab(options: LabOptions = {}): Promise<Lab> {
  const home = mkdtempSync(join(inject('runFolder'), 'lab-'))
  // Canary: build-root.sh refuses to start systemd where this file can be seen at its path.
  writeFileSync(join(home, 'canary'), 'the machine itself\n')
  mkdirSync(join(home, 'etc'))
  writeFileSync(join(home, 'etc', 'hostname'), 'lab\n')
  const ssh =
    options.ssh === true
      ? writeSshd(home, `127.${randomInt(1, 255)}.${randomInt(255)}.${randomInt(1, 255)}`)
      : undefined
  writeUnits(join(home, 'units'), { ...options.units, ...(ssh === undefined ? {} : { 'lab-sshd.service': SSHD_UNIT }) })
  const cgroup = join(findCgroupRoot() ?? '', `salvor-lab-${process.pid}-${randomInt(2 ** 40)}`)
  const log = join(home, 'boot.log')
  const boot = fileURLToPath(new URL('fixtures/lab/boot.sh', import.meta.url))
  const launcher = startGuarded({ argv: [boot, home, cgroup, ...(options.shares ?? [])], log, cwd: home })
  const stop = async () => {
    launcher.kill('SIGKILL')
    await until('the lab to be gone', () => !launcher.isRunning())
    await until('its control group to be empty', () => removeCgroup(cgroup))
  }
  const init = () => Number(readFileSync(`/proc/${launcher.pid}/task/${launcher.pid}/children`, 'utf8').trim())
  const exec: Lab['exec'] = (argv) => runArgv(enterArgv(init(), argv))
  try {
    const seen = await until('systemd in the lab', () => look(exec, launcher.isRunning), 30_000, 50)
    if (seen === 'ended') throw new Error('it ended while booting')
  } catch (error) {
    await stop()
    throw new Error(`The lab did not boot: ${readFileSync(log, 'utf8').trim() || error}`, { cause: error })
  }
  const bin = writePrograms(home, init())
  return { exec, bin, systemctlPath: join(bin, 'systemctl'), stop, ...(ssh === undefined ? {} : { ssh }) }
}

async function look(exec: Lab['exec'], isRunning: () => boolean): Promise<'up' | 'ended' | undefined> {
  if (!isRunning()) return 'ended'
  const { code } = await exec(['systemctl', 'is-active', '--quiet', 'lab.target'])
  return code === 0 ? 'up' : undefined
}

/** All namespaces of the lab but the network, which is shared: -n is harmless and keeps working if that changes. */
function enterArgv(init: number, argv: readonly string[]): string[] {
  const namespaces = ['-p', '-m', '-u', '-i', '-C', '-n', '-r', '-w']
  return ['nsenter', '-t', String(init), ...namespaces, '--', 'env', '-i', `PATH=${PATH}`, ...argv]
}

function writePrograms(home: string, init: number): string {
  const bin = join(home, 'bin')
  mkdirSync(bin)
  for (const name of ['systemctl', 'journalctl']) {
    const call = enterArgv(init, [name]).join(' ')
    writeFileSync(join(bin, name), `#!/bin/sh\nPATH=${PATH}\nexec ${call} "$@"\n`)
    chmodSync(join(bin, name), 0o755)
  }
  return bin
}

function runArgv(argv: readonly string[]): Promise<{ code: number; output: string }> {
  const [file = '', ...args] = argv
  return new Promise((resolve) => {
    execFile(file, args, { timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, output: stdout + stderr })
    })
  })
}

function findObstacle(ssh: boolean): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux'
  if (process.getuid?.() !== 0) return 'it needs root'
  if (!existsSync('/lib/systemd/systemd')) return 'systemd is not installed'
  if (ssh && !existsSync('/usr/sbin/sshd')) return 'sshd is not installed (openssh-server)'
  if (findCgroupRoot() === undefined) return 'there is no cgroup2 hierarchy'
  const folder = mkdtempSync(join(tmpdir(), 'salvor-lab-probe-'))
  const script =
    'mount -t tmpfs t "$1"; cd "$1"; mkdir u w r; mount -t overlay o -o lowerdir=/,upperdir=$1/u,workdir=$1/w r'
  const namespaces = ['--fork', '--pid', '--mount', '--uts', '--ipc', '--cgroup', '--propagation', 'private']
  const tried = spawnSync('unshare', [...namespaces, 'sh', '-euc', script, 'sh', folder], { encoding: 'utf8' })
  rmdirSync(folder)
  return tried.status === 0 ? undefined : `the kernel refuses namespaces or overlays: ${tried.stderr.trim()}`
}

function findCgroupRoot(): string | undefined {
  return ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'].find((folder) => existsSync(join(folder, 'cgroup.procs')))
}

/** True once the group and all groups that systemd made below it are gone; the kernel needs a moment after the kill. */
function removeCgroup(folder: string): boolean {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory() && !removeCgroup(join(folder, entry.name))) return false
    rmdirSync(folder)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
