import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { expandText, listVariables } from '../../src/plan/expand-text.ts'
import { parsePlan } from '../../src/plan/parse-plan.ts'
import { type ReadPlan, readPlan } from '../../src/plan/read-plan.ts'
import { watchPlan } from '../../src/plan/watch-plan.ts'
import { until } from '../support/until.ts'
import { exampleText, exampleWith } from './plan-text.ts'

function writePlan(text: string | Uint8Array = exampleText): { folder: string; path: string; remedy: string } {
  const folder = mkdtempSync(join(inject('runFolder'), 'plan-'))
  mkdirSync(join(folder, 'remedies'))
  const remedy = join(folder, 'remedies/widen-phone.sql')
  writeFileSync(remedy, 'ALTER TABLE customers ALTER phone TYPE text')
  const path = join(folder, 'salvor.yaml')
  writeFileSync(path, text)
  return { folder, path, remedy }
}

test('a plan is rebuilt from what is kept of it, without the file', async () => {
  const { path } = writePlan()
  const { plan, source } = await readPlan(path)
  const kept: typeof source = JSON.parse(JSON.stringify(source))
  expect(parsePlan(kept)).toEqual(plan)
})

test('a file that the plan names is part of its digest', async () => {
  const { path, remedy } = writePlan()
  const before = await readPlan(path)
  writeFileSync(remedy, 'DROP TABLE customers')
  const after = await readPlan(path)
  expect(Object.keys(after.source.fileHashes)).toEqual(['known_hosts', 'pgbackrest.conf', 'remedies/widen-phone.sql'])
  expect(after.source.fileHashes.known_hosts).toBeNull()
  expect(after.plan.digest).not.toBe(before.plan.digest)
})

test('a missing file, a folder and bytes that are no text are told apart', async () => {
  const { folder } = writePlan()
  await expect(readPlan(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'plan_missing' })
  await expect(readPlan(folder)).rejects.toMatchObject({ code: 'plan_invalid' })
  await expect(readPlan(writePlan(new Uint8Array([0xff, 0xfe, 0])).path)).rejects.toThrow(/no UTF-8/)
})

test('a missing variable is named with its place in the plan', async () => {
  const { plan } = await readPlan(writePlan().path)
  const text = 'postgres://$' + '{DB_USER}:x@h'
  expect(expandText(text, { DB_USER: 'app' })).toBe('postgres://app:x@h')
  expect(listVariables(text)).toEqual(['DB_USER'])
  const expand = () => expandText('$' + '{ORDERS_DB_URL}', {}, plan)
  expect(expand).toThrow(/salvor\.yaml:\d+:10: the environment has no ORDERS_DB_URL/)
  expect(expandText('$$' + '{plain}', {})).toBe('$' + '{plain}')
})

test('a change is handed on, a fault is said once and leaves the old plan', async () => {
  const { path } = writePlan()
  const { plan } = await readPlan(path)
  const changes: ReadPlan[] = []
  const faults: unknown[] = []
  const watch = watchPlan({
    path,
    digest: plan.digest,
    everyMs: 10,
    onChange: (read) => void changes.push(read),
    onFault: (error) => faults.push(error),
  })
  writeFileSync(path, 'version: 2')
  await until('a fault', () => faults.length > 0)
  expect(changes).toEqual([])
  writeFileSync(path, exampleWith('keepOld: 7d', 'keepOld: 8d'))
  await until('a change', () => changes.length > 0)
  watch.close()
  expect(faults.length).toBeLessThanOrEqual(2)
  expect(changes[0]?.plan.keepOld).toBe('8d')
})
