import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serviceSystemSchema } from '../../../src/domain/recovery-plan.ts'
import type { HostAddress } from '../../../src/ports/host.ts'
import { runOnHost } from '../../../src/tools/hosts/ask-host.ts'
import { bindOnHost } from '../../../src/tools/hosts/bind-on-host.ts'
import { awaitEnd, runOnce } from '../../../src/tools/hosts/run-once.ts'
import { createServiceTools } from '../../../src/tools/services/index.ts'
import { createToolRunner } from '../../../src/tools/start-tool.ts'
import { bootLab, type Lab, whyNoLab } from '../../support/lab.ts'
import { until } from '../../support/until.ts'
import { hostOfLab } from './lab-host.ts'

const never = new AbortController().signal
const run = createToolRunner()

describe.skipIf(whyNoLab({ ssh: true }) !== undefined)('on a host with real systemd and sshd', () => {
  let lab: Lab
  beforeAll(async () => {
    const demo = "[Service]\nExecStart=/bin/sh -c 'echo hello hunter2; exec sleep 1000'\n"
    const dies = "[Service]\nExecStart=/bin/sh -c 'echo port 8080 in use >&2; exit 3'\n"
    lab = await bootLab({ ssh: true, units: { 'demo.service': demo, 'dies.service': dies } })
    await until('its sshd', async () => (await lab.exec(['ss', '-ltn'])).output.includes(':22'))
  })
  afterAll(async () => await lab?.stop())

  const start = (host: HostAddress & { once: string }, argv: readonly string[], signal = never, timeoutMs = 120_000) =>
    runOnce(run, { host, once: host.once, argv, signal, timeoutMs })
  const countLines = async (path: string) =>
    (await lab.exec(['cat', path])).output.split('\n').filter((line) => line === 'ran').length

  describe('a command', () => {
    test('answers with its exit code and what it wrote, its words as they were', async () => {
      const words = [`it's $HOME; 주문`, '$HOME', `$\{HOME}`, '$$', '%h']
      const end = await start(hostOfLab(lab), ['sh', '-c', 'echo "$@"; echo bad >&2; exit 7', 'sh', ...words])
      expect(end).toMatchObject({ exitCode: 7, stdoutTail: `${words.join(' ')}\n`, stderrTail: 'bad\n' })
    })

    test('keeps the umask of its account: a service that it starts writes files for others as well', async () => {
      expect((await start(hostOfLab(lab), ['sh', '-c', 'umask'])).stdoutTail).toBe('0022\n')
    })

    test('is executed once, however often it is begun under the same name', async () => {
      const host = hostOfLab(lab)
      const argv = ['sh', '-c', 'echo ran >> /tmp/once; sleep 1; exit 3']
      const ends = await Promise.all([start(host, argv), start(host, argv), start(host, argv)])
      expect(ends.map(({ exitCode }) => exitCode)).toEqual([3, 3, 3])
      expect((await start(host, argv)).exitCode).toBe(3)
      expect(await countLines('/tmp/once')).toBe(1)
    })

    test('whose ssh clients are killed goes on, and its end is known afterwards', async () => {
      const host = hostOfLab(lab)
      const working = start(host, ['sh', '-c', 'echo ran >> /tmp/cut; sleep 3; echo done; exit 4'])
      await until('it runs', async () => (await countLines('/tmp/cut')) === 1)
      // Whatever client is there now, by its destination: the next one has to find the command again.
      const killed = await until('a client to kill', () => {
        const found = spawnSync('pkill', ['-KILL', '-f', `ssh -n .*${host.ssh}.*${host.once}`])
        return found.status === 0
      })
      expect(killed).toBe(true)
      expect(await working).toMatchObject({ exitCode: 4, stdoutTail: 'done\n' })
      expect(await countLines('/tmp/cut')).toBe(1)
    })

    test('lives on when sshd ends every connection, as when the link is cut', async () => {
      const host = hostOfLab(lab)
      const working = start(host, ['sh', '-c', 'echo ran >> /tmp/link; sleep 3; exit 5'])
      await until('it runs', async () => (await countLines('/tmp/link')) === 1)
      await lab.exec(['systemctl', 'stop', 'lab-sshd.service'])
      await lab.exec(['pkill', '-KILL', 'sshd'])
      await lab.exec(['systemctl', 'start', 'lab-sshd.service'])
      expect((await working).exitCode).toBe(5)
      expect(await countLines('/tmp/link')).toBe(1)
    })

    test('is waited for by who asks whether it had its effect', async () => {
      const host = hostOfLab(lab)
      const working = start(host, ['sh', '-c', 'echo ran >> /tmp/wait; sleep 2; echo ended >> /tmp/wait'])
      await until('it runs', async () => (await countLines('/tmp/wait')) === 1)
      await awaitEnd(run, { host, once: host.once, signal: never, timeoutMs: 60_000 })
      expect((await lab.exec(['cat', '/tmp/wait'])).output).toBe('ran\nended\n')
      await working
      const none = hostOfLab(lab)
      await expect(awaitEnd(run, { host: none, once: none.once, signal: never, timeoutMs: 1 })).resolves.toBeUndefined()
    })

    test('is ended there by a stop, with what it started', async () => {
      const host = hostOfLab(lab)
      const stop = new AbortController()
      const working = start(host, ['sh', '-c', 'echo ran >> /tmp/stop; sleep 4321'], stop.signal)
      await until('it runs', async () => (await countLines('/tmp/stop')) === 1)
      stop.abort(new Error('stopped'))
      await expect(working).rejects.toThrow('stopped')
      await until('it is gone', async () => (await lab.exec(['pgrep', '-f', 'sleep 4321'])).code === 1)
    })

    test('that takes too long is ended there', async () => {
      const end = await start(hostOfLab(lab), ['sleep', '4322'], never, 1)
      expect(end).toMatchObject({ exitCode: null, killedFor: 'timeout' })
      await until('it is gone', async () => (await lab.exec(['pgrep', '-f', 'sleep 4322'])).code === 1)
    })

    test('whose process vanished is not taken for done', async () => {
      const host = hostOfLab(lab)
      const working = start(host, ['sh', '-c', 'echo ran >> /tmp/lost; sleep 4323'])
      await until('it runs', async () => (await countLines('/tmp/lost')) === 1)
      await Promise.all([
        expect(working).rejects.toMatchObject({ code: 'host_vanished' }),
        lab.exec(['systemctl', 'kill', '--signal=KILL', `salvor-${host.once}`]),
      ])
    })
  })

  describe('a host is refused', () => {
    test('with another key than the pinned one', async () => {
      const other = `${lab.ssh?.knownHosts}.other`
      const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIJ1fWQo9Hn0RLpYl3yPzOsqYQ3V1uHqz9mW3e7p8kQ0a'
      writeFileSync(other, `${lab.ssh?.address} ssh-ed25519 ${key}\n`)
      await expect(start(hostOfLab(lab, { knownHosts: other }), ['true'])).rejects.toMatchObject({ code: 'host_key' })
    })

    test('that lets nobody in', async () => {
      const host = hostOfLab(lab, { ssh: `nobody@${lab.ssh?.address}` })
      await expect(start(host, ['true'])).rejects.toMatchObject({ code: 'host_refuses', facts: { host: 'app1' } })
    })

    test('that does not answer, and nothing was begun', async () => {
      const host = hostOfLab(lab, { ssh: `ssh://root@${lab.ssh?.address}:1` })
      await expect(start(host, ['true'])).rejects.toMatchObject({ code: 'host_away', facts: { host: 'app1' } })
    })
  })

  test.each([
    ['ends with 255 itself', ['sh', '-c', 'echo Connection lost >&2; exit 255'], 255],
    ['writes what a client would say', ['sh', '-c', 'echo "ssh: connect to host" >&2; exit 3'], 3],
  ])('a command that only looks and %s is taken by its own code', async (_, argv, exitCode) => {
    expect((await runOnHost(run, hostOfLab(lab), { argv, signal: never })).exitCode).toBe(exitCode)
  })

  test('silence, and a client that is ended, are no answer about a command', async () => {
    const of = { argv: ['sleep', '60'], signal: never, timeoutMs: 3_000 }
    await expect(runOnHost(run, hostOfLab(lab), of)).rejects.toMatchObject({ code: 'host_away' })
    const wrong = hostOfLab(lab, { identity: '/nowhere/id' })
    await expect(runOnHost(run, wrong, { ...of, argv: ['true'] })).rejects.toMatchObject({ code: 'host_refuses' })
  })

  describe('a service', () => {
    const tools = createServiceTools({ run, redact: (text) => text.replaceAll('hunter2', '***') })
    const placed = (unit: string) => ({
      ...serviceSystemSchema.parse({ kind: 'service', owner: 'ops', host: 'app1', unit }),
      on: hostOfLab(lab),
    })

    test('is another process after a restart, by its own systemd', async () => {
      expect((await tools.start(placed('demo'), 'demo', never)).exitCode).toBe(0)
      const before = await tools.identify(placed('demo'), 'demo', never)
      expect(before).toMatchObject({ active: true, said: 'active (running)' })
      expect(await tools.restart(placed('demo'), 'demo', never)).toEqual({
        exitCode: 0,
        said: 'systemctl ended with 0',
      })
      const after = await tools.identify(placed('demo'), 'demo', never)
      expect(after.active && after.text !== before.text).toBe(true)
      expect(await tools.lastLines(placed('demo'), 'demo', 5, never)).toContain('hello ***')
    })

    test('that dies at once is seen dead, and a unit that is not there is named', async () => {
      await tools.restart(placed('dies'), 'dies', never)
      await until('a failed unit', async () =>
        /^failed/.test((await tools.identify(placed('dies'), 'dies', never)).said),
      )
      await expect(tools.identify(placed('nothing'), 'x', never)).rejects.toMatchObject({
        code: 'service_unit_unknown',
      })
    })
  })

  test('files that a command names are known by their content there', async () => {
    await lab.exec(['sh', '-c', "printf '#!/bin/sh\\necho one\\n' > /opt/ctl; chmod 755 /opt/ctl"])
    const bind = () => bindOnHost(run, hostOfLab(lab), ['/opt/ctl', 'restart', "sh -c '/opt/ctl x'"], never)
    const before = await bind()
    expect(before.map(({ word, path }) => `${word} ${path}`)).toContain('0 /opt/ctl')
    expect(before.map(({ word }) => word)).toContain(2)
    await lab.exec(['sh', '-c', 'echo echo two >> /opt/ctl'])
    const after = await bind()
    expect(after.find(({ path }) => path === '/opt/ctl')?.is).not.toBe(
      before.find(({ path }) => path === '/opt/ctl')?.is,
    )
    expect(after.filter(({ path }) => path !== '/opt/ctl')).toEqual(before.filter(({ path }) => path !== '/opt/ctl'))
  })
})
