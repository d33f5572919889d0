import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { readPlan } from '../../src/plan/read-plan.ts'
import { rememberDigest } from '../../src/plan/remember-digest.ts'
import { exampleText } from './plan-text.ts'

function writePlan(): { path: string; remedy: string } {
  const folder = mkdtempSync(join(inject('runFolder'), 'digest-'))
  mkdirSync(join(folder, 'remedies'))
  const remedy = join(folder, 'remedies/widen-phone.sql')
  writeFileSync(remedy, 'ALTER TABLE customers ALTER phone TYPE text')
  const path = join(folder, 'salvor.yaml')
  writeFileSync(path, exampleText)
  return { path, remedy }
}

const digestOf = async (path: string) => (await readPlan(path)).plan.digest

test('the digest is that of the plan, however often it is asked for', async () => {
  const { path } = writePlan()
  const digest = rememberDigest(path)
  expect(await digest()).toBe(await digestOf(path))
  expect(await digest()).toBe(await digestOf(path))
})

test('a changed plan has another digest at once', async () => {
  const { path } = writePlan()
  const digest = rememberDigest(path)
  const before = await digest()
  writeFileSync(path, exampleText.replace('Orders migration', 'Orders migrated!'))
  expect(await digest()).not.toBe(before)
  expect(await digest()).toBe(await digestOf(path))
})

test('a changed file that the plan names changes the digest, even with its old time and size', async () => {
  const { path, remedy } = writePlan()
  const digest = rememberDigest(path)
  const before = await digest()
  writeFileSync(remedy, 'ALTER TABLE customers ALTER phone TYPE char')
  utimesSync(remedy, new Date(0), new Date(0))
  expect(await digest()).not.toBe(before)
})

test('a plan that is gone is an error, and its return is seen', async () => {
  const { path } = writePlan()
  const digest = rememberDigest(path)
  const before = await digest()
  rmSync(path)
  await expect(digest()).rejects.toMatchObject({ code: 'plan_missing' })
  writeFileSync(path, exampleText)
  expect(await digest()).toBe(before)
})
