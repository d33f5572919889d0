import { afterAll, beforeAll, expect, test } from 'vitest'
import { restore } from '../../../jobs/restore/index.ts'
import {
  type Acceptance,
  findByIds,
  idOfFinding,
  idOfFindings,
  type RefusedFinding,
} from '../../../src/domain/acceptance.ts'
import { digestApproval } from '../../../src/domain/approval.ts'
import { buildApprovalCard } from '../../../src/domain/cards/approval-card.ts'
import type { SalvorError } from '../../../src/domain/errors/fail.ts'
import { needsWindow, writeWhole } from '../../../src/domain/whole-commands.ts'
import { makeApproval, makeJob } from '../../slack/support/world.ts'
import { runSql, urlOf } from '../../support/postgres.ts'
import type { SteppedJob } from '../../support/step-context.ts'
import { createOrders, type Orders } from './rig.ts'

let orders: Orders

beforeAll(async () => {
  orders = await createOrders()
})

afterAll(() => orders.drop())

const checks = [{ name: 'all paid', sql: 'SELECT count(*) FROM orders', expect: 501 }]

/** Rows, a definition and a check of the plan are not as they were; a secret stands where nobody should read it. */
async function damageSide(job: SteppedJob, price = '1'): Promise<void> {
  const { side } = job.outputOf('load') as { side: string }
  await runSql(
    urlOf(side),
    `UPDATE orders SET total = total + ${price} WHERE id = 7;
     CREATE OR REPLACE FUNCTION known() RETURNS int LANGUAGE sql AS 'SELECT 2 -- password=hunter2'`,
  )
}

async function refusedFor(job: SteppedJob): Promise<readonly RefusedFinding[]> {
  const thrown = await job.run('verify').catch((error: unknown) => error)
  expect(thrown).toMatchObject({ code: 'content_differs' })
  return (thrown as SalvorError).findings ?? []
}

const acceptAll = (findings: readonly RefusedFinding[]): Acceptance[] =>
  findings.map((one) => ({
    ...one,
    ...{ step: 'verify', by: 'alice', reason: 'known since March', at: '2026-03-01T03:00:00.000Z' },
  }))

test('what was accepted, and nothing else, goes with the switch: first on the card, bound, and in the report', async () => {
  const job = orders.restore({ checks })
  await job.runUpTo('load')
  await damageSide(job)
  const findings = await refusedFor(job)
  expect(findings.map(({ subject, name, why }) => [subject, name, why.code])).toEqual([
    ['table', 'public.orders', 'rows_other'],
    ['object', 'function public.known()', 'definition_differs'],
    ['check', 'all paid', 'check_value'],
  ])
  expect(JSON.stringify(findings)).not.toContain('hunter2')
  // The ids stand in what people read, so that they can be typed.
  const thrown = await job.run('verify').catch((error: unknown) => error)
  for (const one of findings) expect((thrown as SalvorError).hint).toContain(idOfFinding(one))

  Object.assign(job.view, { accepted: acceptAll(findings.slice(0, 2)) })
  expect(await refusedFor(job)).toEqual(findings.slice(2))

  Object.assign(job.view, { accepted: acceptAll(findings) })
  await job.run('verify')
  const subject = await job.evidence('switch')
  expect(subject.accepted).toEqual(job.view.accepted)
  const card = buildApprovalCard(makeApproval({ subject }), makeJob(), ['bob'], new Date())
  const first = card.rows.slice(0, 3).map((row) => ('text' in row ? row.text : ''))
  expect(first).toEqual(
    findings.map((one) => expect.stringMatching(new RegExp(`^⚠ ${one.subject} .*known since March`))),
  )
  expect(await job.evidence('switch')).toEqual(subject)
  const of = { job: 'j', step: 'switch', attempt: 1, planDigest: 'p' }
  const less = { ...subject, accepted: subject.accepted?.slice(1) ?? [] }
  expect(digestApproval({ ...of, subject: less })).not.toBe(digestApproval({ ...of, subject }))

  // One more row is another finding.
  await damageSide(job, '2')
  const [changed, ...others] = await refusedFor(job)
  expect([changed?.name, changed?.why.code, others]).toEqual(['public.orders', 'rows_other', []])
  expect(changed?.digest).not.toBe(findings[0]?.digest)
})

test('a row that says that verify let something pass, which nobody accepted, does not get to the switch', async () => {
  const job = orders.restore()
  await job.runUpTo('verify')
  const output = job.outputOf('verify') as object
  Object.assign(job.view.steps.find((one) => one.name === 'verify') as object, {
    output: { ...output, accepted: ['0'.repeat(64)] },
  })
  await expect(job.evidence('switch')).rejects.toMatchObject({ code: 'row_differs' })
})

test('more differences than a card can name are accepted by kind, and all stand where the switch is approved', async () => {
  const job = orders.restore({ checks })
  await job.runUpTo('load')
  const { side } = job.outputOf('load') as { side: string }
  const functions = Array.from(
    { length: 31 },
    (_, n) => `CREATE FUNCTION f${n}() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
  )
  await runSql(urlOf(side), functions.join(';'))
  const thrown = await job.run('verify').catch((error: unknown) => error)
  const { facts, findings = [] } = thrown as SalvorError & { facts: { seen: string; accept: string } }
  expect(findings).toHaveLength(32)
  const [extra, check] = [findings.slice(0, 31), findings.slice(31)]
  expect(facts.accept).toBe(idOfFindings(findings))
  expect(facts.seen).toContain(idOfFindings(extra))
  expect(facts.seen.length).toBeLessThan(1000)
  // One kind alone leaves the other.
  Object.assign(job.view, { accepted: acceptAll(findByIds(findings, idOfFindings(extra))) })
  expect(await refusedFor(job)).toEqual(check)
  Object.assign(job.view, { accepted: acceptAll(findByIds(findings, facts.accept)) })
  await job.run('verify')
  const subject = await job.evidence('switch')
  expect(subject.accepted).toEqual(job.view.accepted)
  expect(needsWindow(subject)).toBe(true)
  const whole = writeWhole(subject)
  for (const { name } of findings) expect(whole).toContain(name)
  const card = buildApprovalCard(makeApproval({ subject }), makeJob(), ['bob'], new Date())
  expect(JSON.stringify(card.rows).length).toBeLessThan(4_500)
  const first = card.rows.slice(0, 2).map((row) => ('text' in row ? row.text : ''))
  expect(first).toEqual([
    expect.stringMatching(/^⚠ 31 × object.*known since March/),
    expect.stringMatching(/^⚠ 1 × check/),
  ])
  // One more or less is another set.
  expect(findByIds(findings.slice(1), facts.accept)).toEqual([])
})

test('the same differences in a side copy that was loaded anew are the same findings', async () => {
  const job = orders.restore()
  await job.runUpTo('load')
  await damageSide(job)
  const first = await refusedFor(job)
  Object.assign(job.view, { accepted: acceptAll(first) })
  await job.run('load')
  await damageSide(job)
  for (const step of ['analyze', 'verify']) await job.run(step)
  await job.run('switch', { approved: await job.evidence('switch') })
  Object.assign(job.view.job, { state: 'succeeded' })
  const report = restore.report(job.view)
  expect(report.summary).toContain('not fully proven')
  expect(report.left.filter((line) => line.includes('known since March'))).toHaveLength(2)
})
