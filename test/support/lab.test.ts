import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { bootLab, type Lab, whyNoLab } from './lab.ts'
import { processesWithEnv, startProgram } from './processes.ts'
import { recordTools } from './tool-log.ts'

const run = promisify(execFile)
const UNITS = {
  'demo.service': `[Service]\nEnvironment=LAB_MARK=lab-${process.pid}\nExecStart=/bin/sh -c 'echo demo up; exec sleep 1000'\n`,
  'fail.service': "[Service]\nExecStart=/bin/sh -c 'echo about to fail >&2; exit 1'\n",
}

describe.skipIf(whyNoLab({ ssh: true }) !== undefined)('a lab with real systemd', () => {
  let lab: Lab
  let share: string
  const canaries = [join(tmpdir(), `salvor-canary-${process.pid}`), `/var/tmp/salvor-canary-${process.pid}`]

  beforeAll(async () => {
    for (const canary of canaries) writeFileSync(canary, 'alive')
    share = mkdtempSync(join(inject('runFolder'), 'share-'))
    lab = await bootLab({ units: UNITS, shares: [share], ssh: true })
  })
  afterAll(async () => {
    await lab?.stop()
    for (const canary of canaries) rmSync(canary, { force: true })
  })

  test('what it does to files stays in it, and what the machine has in its temporary folders it cannot see', async () => {
    const mark = `/usr/lab-mark-${process.pid}`
    await lab.exec([
      'sh',
      '-c',
      `echo x > ${mark}; echo x > /etc/hostname; rm -rf /tmp/* /var/tmp/* /home/* ${mark}.no`,
    ])
    expect((await lab.exec(['cat', mark])).output).toBe('x\n')
    expect(existsSync(mark)).toBe(false)
    expect(readFileSync('/etc/hostname', 'utf8')).not.toBe('x\n')
    for (const canary of canaries) {
      expect((await lab.exec(['test', '-e', canary])).code).toBe(1)
      expect(readFileSync(canary, 'utf8')).toBe('alive')
    }
  })

  test('it refuses to boot where the machine itself can be seen', async () => {
    // Sharing the run's folder shares the lab's own home, and so the canary in it.
    await expect(bootLab({ shares: [inject('runFolder')] })).rejects.toThrow(/not isolated: .*canary can be seen/)
  })

  test('a shared folder is the same on both sides', async () => {
    await lab.exec(['sh', '-c', 'echo from the lab > "$1"/note', 'sh', share])
    expect(readFileSync(join(share, 'note'), 'utf8')).toBe('from the lab\n')
  })

  test('a restart through the wrapper gives a new process, and its words are in the journal', async () => {
    const show = async () => (await run(lab.systemctlPath, ['show', '-p', 'InvocationID,ActiveState', 'demo'])).stdout
    await run(lab.systemctlPath, ['start', 'demo'])
    const before = await show()
    expect(before).toContain('ActiveState=active')
    await run(lab.systemctlPath, ['restart', 'demo'])
    expect(await show()).not.toBe(before)
    expect((await run(join(lab.bin, 'journalctl'), ['-u', 'demo', '-o', 'cat'])).stdout).toContain('demo up')
  })

  test('systemctl says 0 for a unit that dies at once', async () => {
    expect((await lab.exec(['systemctl', 'start', 'fail'])).code).toBe(0)
    const seen = await lab.exec(['systemctl', 'show', '-p', 'Result', 'fail'])
    expect(seen.output).toBe('Result=exit-code\n')
  })

  test('calls of systemctl can be counted on their way into the lab', async () => {
    const tools = recordTools({ realPath: [lab.bin] })
    expect(await startProgram(['/usr/bin/env', 'systemctl', 'is-active', 'demo'], tools.env).ended()).toBe(0)
    expect(tools.invocations('systemctl').map(({ argv }) => argv)).toEqual([['is-active', 'demo']])
  })

  test('it is reached by ssh with host key checking, and exit codes come back', async () => {
    const { destination, identity, knownHosts } = lab.ssh ?? { destination: '', identity: '', knownHosts: '' }
    const options = [
      'BatchMode=yes',
      'StrictHostKeyChecking=yes',
      `UserKnownHostsFile=${knownHosts}`,
      'ConnectTimeout=5',
    ]
    const flags = ['-i', identity, ...options.flatMap((option) => ['-o', option])]
    expect((await run('ssh', [...flags, '--', destination, 'hostname'])).stdout).toBe('lab\n')
    await expect(run('ssh', [...flags, '--', destination, 'exit 7'])).rejects.toMatchObject({ code: 7 })
  })

  test('stopping it leaves no process and no control group', async () => {
    const mark = new RegExp(`^lab-${process.pid}$`)
    await lab.exec(['systemctl', 'start', 'demo'])
    expect(processesWithEnv('LAB_MARK', mark)).toHaveLength(1)
    await lab.stop()
    expect(processesWithEnv('LAB_MARK', mark)).toEqual([])
    const groups = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'].filter(existsSync).flatMap((root) => readdirSync(root))
    expect(groups.filter((name) => name.startsWith(`salvor-lab-${process.pid}-`))).toEqual([])
  })
})
