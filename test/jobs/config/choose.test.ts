import { describe, expect, test } from 'vitest'
import { config } from '../../../jobs/config/index.ts'
import { createConfigRig } from './rig.ts'

describe('a config job', () => {
  test.each<[string, readonly string[] | undefined]>([
    ['has no test', undefined],
    ['has a test that is not handed the file', ['true']],
    ['has a test that reads something else', ['cat', '/etc/hostname']],
  ])('where the plan %s takes nothing by itself; a version that is named waits for an approval', async (_of, test) => {
    const versions = { 'app.yaml.2026-03-01': 'good: 1\n', 'app.yaml.2026-03-01.sha256': 'deadbeef  app.yaml\n' }
    const rig = createConfigRig({ versions })
    Object.assign(rig.service, {
      config: [{ path: rig.path, versions: rig.versions, ...(test && { test: [...test] }) }],
    })
    await expect(rig.start().run()).rejects.toMatchObject({
      code: 'config_choose',
      hint: expect.stringContaining('--version 2026-03-01`'),
    })
    expect(rig.read()).toBe('broken: yes\n')
    const job = rig.start({ version: '2026-03-01' })
    const step = config.steps.find(({ name }) => name === job.view().steps[2]?.name)
    expect(step).toMatchObject({ risk: 'destructive', undoable: true, evidence: expect.any(Function) })
    await job.run()
    expect(rig.read()).toBe('good: 1\n')
    expect(job.report()).toMatchObject({ undo: true, summary: expect.stringContaining('no test') })
    expect(job.report().proven.join()).not.toContain('passed')
    const back = rig.start(config.undoneBy?.(job.view())?.params, { id: 'config-2', others: [job.view()] })
    await back.run()
    expect(rig.read()).toBe('broken: yes\n')
  })

  test('never takes a checksum, a copy or an example, not even when it is named', async () => {
    for (const other of ['app.yaml.v9.sha256', 'app.yaml.v9 (copy)', 'app.yaml.example', 'app.yaml.v9-rc1']) {
      const rig = createConfigRig({ versions: { 'app.yaml.v7': 'good: 7\n', [other]: 'good: never\n' } })
      for (const version of [other, other.slice('app.yaml.'.length)])
        await expect(rig.start({ version }).run()).rejects.toMatchObject({ code: 'config_not_version' })
      const job = rig.start()
      await job.run()
      expect(rig.read()).toBe('good: 7\n')
      expect(config.card(job.view()).lines.join()).toContain(other)
    }
  })

  test('asks for a choice where the folder keeps two schemes, and takes a name without a place only when said', async () => {
    const rig = createConfigRig({ versions: { 'app.yaml.v7': 'good: 7\n', 'app.yaml.2026-03-01': 'good: 1\n' } })
    await expect(rig.start().run()).rejects.toMatchObject({ code: 'config_choose' })
    const named = createConfigRig({ versions: { 'app.yaml.v7': 'good: 7\n', 'app.yaml.zz': 'good: zz\n' } })
    await named.start().run()
    expect(named.read()).toBe('good: 7\n')
    await named.start({ version: 'zz' }, { id: 'config-2' }).run()
    expect(named.read()).toBe('good: zz\n')
  })
})
