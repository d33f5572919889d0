import { spawnSync } from 'node:child_process'
import { readdirSync, statSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { config } from '../../../jobs/config/index.ts'
import { createConfigRig, outputOf } from './rig.ts'

describe('a config job', () => {
  test('puts the newest version that passes in place, and keeps the old file with its mode', async () => {
    const rig = createConfigRig()
    const job = rig.start()
    await job.run()
    expect(rig.read()).toBe('good: 7\npassword: hunter2\n')
    expect(rig.read(`${rig.path}.salvor-config-1`)).toBe('broken: yes\n')
    expect(statSync(rig.path).mode & 0o7777).toBe(0o640)
    expect(statSync(`${rig.path}.salvor-config-1`).mode & 0o7777).toBe(0o640)
    expect(job.report()).toMatchObject({
      summary: 'app.yaml is v7 now (the newest that passes its test)',
      left: ['app is down: `restart app` starts it with this file', `the old file: ${rig.path}.salvor-config-1`],
      undo: true,
      recovers: false,
    })
  })

  test('shows the difference on its card, secrets hidden', async () => {
    const rig = createConfigRig()
    const job = rig.start()
    await job.run()
    const card = config.card(job.view())
    expect(card.code).toBe('@@ line 1 @@\n-broken: yes\n+good: 7\n+password: ***')
    expect(card.lines).toContain('app.yaml is v7: the newest that passes its test')
    expect(JSON.stringify(job.view())).not.toContain('hunter2')
  })

  test('passes over newer versions that fail their test, and says so', async () => {
    const rig = createConfigRig({ versions: { 'app.yaml.v9': 'good: 9\n', 'app.yaml.v10': 'bad\n' } })
    const job = rig.start()
    await job.run()
    expect(rig.read()).toBe('good: 9\n')
    expect(config.card(job.view()).lines).toContainEqual(expect.stringMatching(/^Passed over v10: node ended with 2/))
  })

  test('changes nothing when no version passes', async () => {
    const rig = createConfigRig({ versions: { 'app.yaml.v1': 'bad\n' } })
    await expect(rig.start().run()).rejects.toMatchObject({
      code: 'config_refused',
      message: expect.stringContaining('v1: node ended with 2: bad settings, password=***'),
    })
    expect(rig.read()).toBe('broken: yes\n')
    expect(readdirSync(rig.folder).sort()).toEqual(['app.yaml', 'check.cjs', 'versions'])
  })

  test('has nothing to do when the file is that version already', async () => {
    const rig = createConfigRig({ current: 'good: 7\npassword: hunter2\n' })
    const job = rig.start()
    await job.run()
    expect(job.report()).toMatchObject({
      summary: 'app.yaml is v7 already (the newest that passes its test): nothing to do',
      undo: false,
      left: [],
    })
    expect(readdirSync(rig.folder)).not.toContain('app.yaml.salvor-config-1')
  })

  test('takes a version that is named, by its label or by the name of its entry', async () => {
    for (const version of ['v6', 'app.yaml.v6']) {
      const rig = createConfigRig()
      await rig.start({ version }).run()
      expect(rig.read()).toBe('good: 6\n')
    }
  })

  test('takes only versions that stand in the folder', async () => {
    await expect(createConfigRig().start({ version: 'v77' }).run()).rejects.toMatchObject({
      code: 'config_version_unknown',
      hint: expect.stringContaining('v7, v6'),
    })
    for (const version of ['../app.yaml', '..', '.', '-rf', 'a/b', '']) {
      expect(config.params.safeParse({ service: 'app', version }).success).toBe(false)
    }
  })

  test('asks which file is meant when the service has several', async () => {
    const rig = createConfigRig()
    const [first] = rig.service.config as object[]
    Object.assign(rig.service, { config: [first, { path: join(rig.folder, 'other.yaml'), versions: rig.versions }] })
    await expect(rig.start().run()).rejects.toMatchObject({
      code: 'config_which',
      hint: expect.stringContaining('app.yaml, other.yaml'),
    })
    await expect(rig.start({ file: 'third.yaml' }).run()).rejects.toMatchObject({ code: 'config_which' })
    await rig.start({ file: 'app.yaml' }).run()
    expect(rig.read()).toContain('good: 7')
  })

  test('refuses a service of another machine, whose file is not the one here', async () => {
    const rig = createConfigRig()
    Object.assign(rig.service, { host: 'app1' })
    await expect(rig.start().run()).rejects.toMatchObject({ code: 'service_elsewhere' })
  })

  test('refuses a link that leads elsewhere, as the file and as a version', async () => {
    const rig = createConfigRig({ versions: { 'app.yaml.v1': 'good: 1\n' } })
    symlinkSync('/etc/passwd', join(rig.versions, 'app.yaml.v2'))
    await expect(rig.start({ version: 'v2' }).run()).rejects.toMatchObject({ code: 'file_link' })
    unlinkSync(rig.path)
    symlinkSync(join(rig.versions, 'app.yaml.v1'), rig.path)
    await expect(rig.start().run()).rejects.toMatchObject({ code: 'file_link' })
  })

  test('refuses a file above 1 MiB', async () => {
    const rig = createConfigRig()
    truncateSync(rig.path, 1024 * 1024 + 1)
    await expect(rig.start().run()).rejects.toMatchObject({ code: 'file_too_big' })
  })

  test('refuses a file that somebody changed after it was shown', async () => {
    const rig = createConfigRig()
    rig.pass = (moment) => {
      if (moment === 'written') writeFileSync(rig.path, 'by hand\n')
    }
    await expect(rig.start().run()).rejects.toMatchObject({ code: 'file_changed' })
    expect(rig.read()).toBe('by hand\n')
    expect(readdirSync(rig.folder).sort()).toEqual(['app.yaml', 'check.cjs', 'versions'])
  })

  test('refuses a version that changed after it was tested', async () => {
    const rig = createConfigRig()
    const job = rig.start()
    rig.replace = () => Promise.reject(new Error('not yet'))
    await expect(job.run()).rejects.toThrow('not yet')
    rig.replace = undefined
    writeFileSync(join(rig.versions, 'app.yaml.v7'), 'good: other\n')
    await expect(job.run()).rejects.toMatchObject({
      code: 'file_changed',
      message: expect.stringContaining('app.yaml.v7'),
    })
    expect(rig.read()).toBe('broken: yes\n')
  })
})

describe('where the plan wants an approval', () => {
  test('the approver is shown the difference, both contents by digest and the way back', async () => {
    const rig = createConfigRig()
    const job = rig.start()
    rig.replace = () => Promise.reject(new Error('not yet'))
    await expect(job.run()).rejects.toThrow('not yet')
    const shown = await job.evidence('replace')
    expect(shown).toMatchObject({
      target: `app: ${rig.path}`,
      proven: 'v7 passed its test: node ended with 0',
      back: `undo config-1: ${rig.path}.salvor-config-1`,
      binds: { path: rig.path, version: 'v7', before: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    expect(shown.details).toContain('+password: ***')
    writeFileSync(rig.path, 'by hand\n')
    await expect(job.evidence('replace')).rejects.toMatchObject({ code: 'file_changed' })
  })
})

describe('the health check', () => {
  test('fails the job when the service was well before, and the way back stands', async () => {
    const rig = createConfigRig()
    rig.active = true
    rig.pass = () => {
      rig.healthy = false
    }
    const job = rig.start()
    await expect(job.run()).rejects.toMatchObject({
      code: 'config_unwell',
      hint: expect.stringMatching(/^`undo config-1`/),
    })
    expect(config.report(job.view()).undo).toBe(true)
  })

  test('only tells of a service that was ill or down before', async () => {
    const rig = createConfigRig()
    rig.active = true
    rig.healthy = false
    const job = rig.start()
    await job.run()
    expect(outputOf(job.view(), 'health')).toEqual({ well: false, said: '/healthz 503' })
    expect(job.report().left).toContain('`restart app` lets it read this file')
    const down = createConfigRig()
    const other = down.start()
    await other.run()
    expect(outputOf(other.view(), 'health')).toEqual({ well: null, said: 'it was down before and was not asked' })
  })
})

describe('the way back', () => {
  const undo = (rig: ReturnType<typeof createConfigRig>, first: ReturnType<typeof rig.start>, id = 'config-2') => {
    const way = config.undoneBy?.(first.view())
    return rig.start(way?.params, { id, others: [first.view()] })
  }

  test('puts the kept file back, untested, and keeps the newer one; it can be taken back itself', async () => {
    const rig = createConfigRig()
    const first = rig.start()
    await first.run()
    const second = undo(rig, first)
    await second.run()
    expect(rig.read()).toBe('broken: yes\n')
    expect(rig.read(`${rig.path}.salvor-config-2`)).toContain('good: 7')
    expect(second.report()).toMatchObject({ ends: ['config-1'], undo: true })
    await undo(rig, second, 'config-3').run()
    expect(rig.read()).toContain('good: 7')
  })

  test('is refused once somebody has changed either file', async () => {
    for (const changed of ['', '.salvor-config-1']) {
      const rig = createConfigRig()
      const first = rig.start()
      await first.run()
      writeFileSync(`${rig.path}${changed}`, 'by hand\n')
      await expect(undo(rig, first).run()).rejects.toMatchObject({ code: 'file_changed' })
    }
  })

  test('of a job that replaced nothing is refused', async () => {
    const rig = createConfigRig({ current: 'good: 7\npassword: hunter2\n' })
    const first = rig.start()
    await first.run()
    await expect(undo(rig, first).run()).rejects.toMatchObject({ code: 'config_not_replaced' })
  })
})

describe('a replacement whose runner vanished', () => {
  const fixture = fileURLToPath(new URL('../../tools/files/replace-and-die.ts', import.meta.url))

  test.each([
    { dieAt: 'kept', recorded: false, done: 'no' },
    { dieAt: 'written', recorded: false, done: 'no' },
    { dieAt: 'written', recorded: true, done: 'no' },
    { dieAt: 'replaced', recorded: true, done: 'yes' },
  ])('by SIGKILL when it was $dieAt (on record: $recorded) is settled as $done, and goes on from there', async (of) => {
    const rig = createConfigRig()
    const job = rig.start()
    rig.replace = async (replacement) => {
      if (of.recorded) await replacement.beforeEffect()
      const version = join(rig.versions, 'app.yaml.v7')
      const told = JSON.stringify({ ...replacement, version, dieAt: of.dieAt })
      expect(spawnSync(process.execPath, [fixture, told]).signal).toBe('SIGKILL')
      throw new Error('nobody hears of it')
    }
    await expect(job.run()).rejects.toThrow('nobody hears of it')
    expect(await job.isDone('replace')).toMatchObject({ done: of.done })
    rig.replace = undefined
    await job.run()
    expect(rig.read()).toContain('good: 7')
    expect(rig.read(`${rig.path}.salvor-config-1`)).toBe('broken: yes\n')
    expect(readdirSync(rig.folder).sort()).toEqual(['app.yaml', 'app.yaml.salvor-config-1', 'check.cjs', 'versions'])
    expect(job.report()).toMatchObject({ undo: true })
  })

  test('was done when the new file is there, not done when the old one is, unknown for any other', async () => {
    const rig = createConfigRig()
    const job = rig.start()
    expect(await job.isDone('replace').catch(() => 'no look yet')).toBe('no look yet')
    await job.run()
    const output = outputOf(job.view(), 'replace')
    job.forget('replace')
    expect(await job.isDone('replace')).toEqual({ done: 'yes', output })
    writeFileSync(rig.path, 'broken: yes\n')
    expect(await job.isDone('replace')).toEqual({ done: 'no' })
    writeFileSync(rig.path, 'by hand\n')
    expect(await job.isDone('replace')).toMatchObject({ done: 'unknown', why: { code: 'file_astray' } })
  })
})
