import { describe, expect, it } from 'vitest'
import { documentWords, fillIn } from '../../../src/plan/document/words.ts'
import { writeProcedureDocument } from '../../../src/plan/document/write-document.ts'
import { parsePlan } from '../../../src/plan/parse-plan.ts'
import { readText } from '../../support/sources.ts'

const example = readText('salvor.example.yaml')
const parse = (text: string) => parsePlan({ text, path: 'salvor.yaml', folder: '/srv', fileHashes: {} })
const plan = parse(example)

const everyVerb = `
version: 1
title: "Orders | *all* \`verbs\`"
roles: { dba: { users: [U0ALICE] }, business: { users: [] } }
systems:
  db: { kind: postgres, owner: dba, url: "\${DB_URL}" }
  api: { kind: service, owner: dba, restart: [ctl, "it's", restart], stop: [ctl, stop], start: [ctl, start], redeploy: [ship, "{version}"], health: { tcp: "h:80" }, config: [{ path: /etc/a, versions: /v }] }
logs: { m: { unit: m.service } }
migrations: { m: { system: db, rerun: [go] } }
scripts: { s: { argv: [s], risk: read, check: { tcp: "h:80" } } }
uat: { u: { testers: [business], cases: ["a | b"] } }
monitors: { w: { system: db, sql: SELECT 1, alertAbove: 0 } }
procedures:
  all:
    title: Everything
    steps:
      [{ backup: db }, { baseline: db }, { freeze: db }, { freeze: api }, { logs: m }, { restore: db }, { verify: db }, { compare: db }, { fix: db }, { rerun: m },
       { drill: db }, { test: db }, { config: api }, { redeploy: api }, { restart: api }, { script: s }, { thaw: db }, { thaw: api }, { uat: u }, { watch: w },
       { manual: { title: Tell the shops, owner: business } }]
`

describe('the procedure document', () => {
  const document = writeProcedureDocument(plan)

  it('names who, rules, systems in order, and each step of each procedure with its owner', () => {
    expect(document.match(/^#{1,3} .*$/gm)).toEqual([
      '# Orders migration: Recovery by hand',
      '## Who',
      '## Rules',
      '## Systems, in the order in which they come back',
      '## Before you begin',
      '## Procedure: Bring orders back',
      '### 1. Read the log migration. Look for the first error, not the last: later ones are often its consequences.',
      '### 2. Restore orders-db beside the live database, prove it, then switch',
      '### 3. Restart orders-api.',
      '### 4. Run the checks of orders-db.',
      '### 5. Ask business to try each of these. 1 of them must say that it works.',
    ])
    expect(document).toContain('Owner: sysadmin')
  })

  it('holds names of variables, never their values, and none that only a comment mentions', () => {
    expect(document).toContain('`ORDERS_DB_URL`')
    expect(document).toContain('psql "$ORDERS_ADMIN_URL"')
    expect(document).not.toContain('`NAME`')
  })

  it('goes to the host of the plan where a step has one', () => {
    expect(document).toContain("ssh deploy@app1 'sudo -n systemctl restart orders-api.service'")
  })

  it('asks checks in a transaction that cannot write, and says what they should answer', () => {
    expect(document).toContain("BEGIN READ ONLY;\nSELECT count(*) FROM orders WHERE status = 'paid';\nROLLBACK;")
    expect(document).toContain('paid orders kept: expect `51234`')
    expect(document).toContain('order lookup is fast: within 50ms')
  })

  it('switches both names in one transaction and shows the way back', () => {
    const renames = document.match(/^ALTER DATABASE "DATABASE\w*" RENAME TO .*$/gm)
    expect(renames).toEqual([
      'ALTER DATABASE "DATABASE" RENAME TO "DATABASE_old";',
      'ALTER DATABASE "DATABASE_side" RENAME TO "DATABASE";',
      'ALTER DATABASE "DATABASE" RENAME TO "DATABASE_side";',
      'ALTER DATABASE "DATABASE_old" RENAME TO "DATABASE";',
    ])
  })

  it('has words for every verb that a procedure may use', () => {
    const all = writeProcedureDocument(parse(everyVerb))
    expect(all.match(/^### \d+\. /gm)).toHaveLength(21)
    expect(all).not.toMatch(/^### \d+\. (\w+ \w+|undefined)$/m)
    expect(all).toContain("ctl 'it'\\''s' restart")
  })

  it('lets nothing that the plan says become Markdown', () => {
    const all = writeProcedureDocument(parse(everyVerb))
    expect(all).toContain('# Orders \\| \\*all\\* \\`verbs\\`: Recovery by hand')
    expect(all).toContain('- [ ] a \\| b')
  })

  it('says so when the plan names no procedure', () => {
    const bare = writeProcedureDocument(parse(everyVerb.slice(0, everyVerb.indexOf('procedures:'))))
    expect(bare).toContain('The plan names no procedure.')
  })
})

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  it('every brace is filled in', () => {
    for (const one of [plan, parse(everyVerb)]) {
      const prose = writeProcedureDocument(one, language).replace(/^(```+)[\s\S]*?^\1$/gm, '')
      expect(prose.match(/(?<!\$)\{\w+\}/g)).toBeNull()
    }
  })

  it('says what is English in the other language too, with the same braces', () => {
    const braces = (words: unknown): string[] =>
      Object.entries(words as Record<string, unknown>).flatMap(([key, value]) =>
        typeof value === 'string'
          ? [`${key} ${[...new Set(value.match(/\{\w+\}/g))].sort().join(' ')}`]
          : braces(value),
      )
    expect(braces(documentWords[language])).toEqual(braces(documentWords.en))
  })
})

it('a brace without a value stays visible', () => {
  expect(fillIn('{a} and {b}', { a: 1 })).toBe('1 and {b}')
})
