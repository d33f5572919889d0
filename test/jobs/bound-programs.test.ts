import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { mustBeBoundService } from '../../jobs/bound-programs.ts'
import { fix } from '../../jobs/fix/index.ts'
import { rerun } from '../../jobs/rerun/index.ts'
import { showRestartChanges } from '../../jobs/restart/changes.ts'
import { type Approval, digestApproval } from '../../src/domain/approval.ts'
import type { StepContext } from '../../src/engine/define-step.ts'
import { createServiceTools } from '../../src/tools/services/index.ts'
import { createToolRunner } from '../../src/tools/start-tool.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'
import { realTools, type SteppedJob, stepJob } from '../support/step-context.ts'

let database: TestDatabase
let folder: string
let out: string
beforeAll(async () => {
  database = await createDatabase({ prefix: 'bound' })
})
afterAll(() => database.drop())
beforeEach(() => {
  folder = mkdtempSync(join(inject('runFolder'), 'bound-'))
  out = join(folder, 'out')
})

function write(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  chmodSync(path, 0o755)
  return path
}

const remedy = (argv: string[]) =>
  stepJob({
    kind: fix,
    params: { system: 'orders-db', remedy: 'mend' },
    url: database.url,
    remedies: [{ name: 'mend', when: {}, argv }],
  })

/** Approves what is shown, lets somebody change a file, and tells whether the run noticed before it did anything. */
async function changeAfterApproval(job: SteppedJob, step: string, change: () => void): Promise<void> {
  await job.run('look')
  const approved = await job.evidence(step)
  change()
  const now = await job.evidence(step)
  const digest = (subject: typeof approved) =>
    digestApproval({ job: 'fix-1', step, attempt: 1, planDigest: 'd'.repeat(64), subject })
  expect(digest(now)).not.toBe(digest(approved))
  await expect(job.run(step, { approved })).rejects.toMatchObject({ code: 'program_changed' })
  expect(() => readFileSync(out)).toThrow()
}

const good = () => `#!/bin/sh\necho good > "${out}"\n`
const evil = () => `#!/bin/sh\necho evil > "${out}"\n`

it('a program that is what was approved runs, and the card names its files', async () => {
  const path = write('mend', good())
  const job = remedy([path])
  await job.run('look')
  const approved = await job.evidence('execute')
  expect(approved.details.join('\n')).toMatch(new RegExp(`File ${path}, sha256 [0-9a-f]{64}`))
  await job.run('execute', { approved })
  expect(readFileSync(out, 'utf8')).toBe('good\n')
})

it('a program that was rewritten after the card does not run', async () => {
  const path = write('mend', good())
  await changeAfterApproval(remedy([path]), 'execute', () => writeFileSync(path, evil()))
})

it('a script among the arguments that was exchanged after the card does not run', async () => {
  const path = write('remedies/by-program.sh', good())
  await changeAfterApproval(remedy(['sh', path]), 'execute', () => renameSync(write('other', evil()), path))
})

it('a file that a word of a shell names is bound as well', async () => {
  const path = write('step.sh', good())
  await changeAfterApproval(remedy(['sh', '-c', `cd / && . ${path}; true`]), 'execute', () =>
    writeFileSync(path, evil()),
  )
})

it('a value behind an equals sign that is a file is bound as well', async () => {
  const path = write('settings.conf', 'one')
  const program = write('mend', good())
  await changeAfterApproval(remedy([program, `--config=${path}`]), 'execute', () => writeFileSync(path, 'two'))
})

it('a link that leads elsewhere after the card is another program', async () => {
  const [one, two] = [write('one', good()), write('two', evil())]
  const link = join(folder, 'current')
  symlinkSync(one, link)
  await changeAfterApproval(remedy([link]), 'execute', () => {
    rmSync(link)
    symlinkSync(two, link)
  })
})

it('the interpreter of a script is part of the program', async () => {
  const interpreter = write('interpreter', '#!/bin/sh\nexec /bin/sh "$@"\n')
  const script = write('mend', `#!${interpreter}\necho good > "${out}"\n`)
  await changeAfterApproval(remedy([script]), 'execute', () =>
    writeFileSync(interpreter, `#!/bin/sh\necho evil > "${out}"\n`),
  )
})

it('a program behind a wrapper is bound as well', async () => {
  const path = write('mend', good())
  await changeAfterApproval(remedy(['env', 'A=1', path]), 'execute', () => writeFileSync(path, evil()))
})

it('the program that stops a migration is approved with it', async () => {
  const [start, stop] = [write('start', good()), write('stop', good())]
  const job = stepJob({
    kind: rerun,
    params: { migration: 'orders', system: 'orders-db' },
    url: database.url,
    migrations: { orders: { system: 'orders-db', rerun: [start], stop: [stop] } },
  })
  await changeAfterApproval(job, 'run', () => writeFileSync(stop, evil()))
})

it('the command of a reversible step runs only as it was approved, with the files that it names', async () => {
  const [control, settings] = [write('control', good()), write('settings.conf', 'one')]
  const service = { kind: 'service', restart: [control, settings] }
  const context = {
    params: { service: 'api' },
    step: { name: 'restart' },
    plan: { logs: {} },
    service: () => service,
    expand: (text: string) => text,
    resolvePath: () => folder,
    tools: { ...realTools(), services: createServiceTools({ run: createToolRunner(), redact: (text) => text }) },
  } as unknown as StepContext<{ service: string }>
  const { steps, details } = await showRestartChanges(context)
  expect(steps.restart?.does).toEqual([`${control} ${settings}`])
  expect(details.join('\n')).toContain(`File ${settings}, sha256`)
  const binds = { covers: { restart: { does: [], ...steps.restart?.binds } } }
  const approved = { ...context, approval: { subject: { binds } } as unknown as Approval }
  await expect(mustBeBoundService(approved, { argv: service.restart })).resolves.toBeUndefined()
  const code = { code: 'program_changed' }
  await expect(mustBeBoundService(approved, { argv: [...service.restart, '--force'] })).rejects.toMatchObject(code)
  writeFileSync(settings, 'two')
  await expect(mustBeBoundService(approved, { argv: service.restart })).rejects.toMatchObject({
    ...code,
    facts: { seen: `${settings} changed` },
  })
  rmSync(settings)
  await expect(mustBeBoundService(approved, { argv: service.restart })).rejects.toMatchObject(code)
  await expect(mustBeBoundService({ ...context, approval: null }, { argv: service.restart })).resolves.toBeUndefined()
})

it('a log of the plan among the arguments may grow meanwhile', async () => {
  const [start, log] = [write('start', good()), write('migration.log', 'a line\n')]
  const job = stepJob({
    kind: rerun,
    params: { migration: 'orders', system: 'orders-db' },
    url: database.url,
    logs: { migration: { path: log } },
    migrations: { orders: { system: 'orders-db', log: 'migration', rerun: [start, log] } },
  })
  await job.run('look')
  const approved = await job.evidence('run')
  writeFileSync(log, 'more\n')
  await job.run('run', { approved })
  expect(readFileSync(out, 'utf8')).toBe('good\n')
})
