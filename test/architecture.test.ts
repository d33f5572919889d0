import { existsSync, readdirSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandRegister } from '../commands/index.ts'
import { jobRegister } from '../jobs/index.ts'
import { configVariables } from '../src/config.ts'
import { parseWords } from '../src/engine/say/parse-words.ts'
import { exampleText, parseText } from './plan/plan-text.ts'
import {
  findDrawers,
  findForbidden,
  findImportsWithoutEnding,
  findLongFiles,
  findNoise,
  findPlainMaps,
  findStrayPackages,
  findWrongWays,
} from './support/house-rules.ts'
import { listFiles, makeSource, readSources, readText, root } from './support/sources.ts'

const sources = readSources()
const pages = listFiles('.md').map((path) => ({ path, text: readText(path) }))

describe('maps', () => {
  test('by names that others gave are no plain objects', () => {
    expect(findPlainMaps(sources)).toEqual([])
  })

  test.each([
    'const rows: Record<string, number> = {}',
    'let held: { [table: string]: number } = {}',
    'z.record(z.string(), z.number())',
  ])('%s is found', (text) => {
    expect(findPlainMaps([makeSource('src/tools/x.ts', text)])).toEqual(['src/tools/x.ts'])
  })
})

describe('imports', () => {
  test('run one way: main, app, rooms, engine, ports, domain', () => {
    expect(findWrongWays(sources)).toEqual([])
  })

  test('of outside packages stay in their rooms', () => {
    expect(findStrayPackages(sources)).toEqual([])
  })

  test('name the file with its ending', () => {
    expect(findImportsWithoutEnding(sources)).toEqual([])
  })

  test.each([
    ['src/domain/job.ts', '../ports/store.ts'],
    ['src/ports/store.ts', '../engine/engine.ts'],
    ['src/engine/engine.ts', '../postgres/store.ts'],
    ['src/slack/edge.ts', '../postgres/store.ts'],
    ['src/slack/edge.ts', '../app.ts'],
    ['src/engine/engine.ts', '../config.ts'],
    ['src/app.ts', './start-bot.ts'],
    ['src/app.ts', './main.ts'],
    ['src/report/report.ts', '../../commands/index.ts'],
    ['jobs/restore/index.ts', '../../src/tools/redact.ts'],
    ['jobs/restore/index.ts', '../../src/report/report.ts'],
    ['src/tools/redact.ts', '../../sandbox/main.ts'],
    ['src/tools/redact.ts', '../../test/support/sources.ts'],
  ])('of %s do not reach %s', (path, to) => {
    expect(findWrongWays([makeSource(path, `import { one } from '${to}'\n`)])).toHaveLength(1)
    expect(findWrongWays([makeSource(path, `export type { one } from '${to}'\n`)])).toHaveLength(1)
    expect(findWrongWays([makeSource(path, `const one = await import('${to}')\n`)])).toHaveLength(1)
  })

  test.each([
    ['src/postgres/store.ts', '@slack/web-api'],
    ['src/engine/engine.ts', 'pg'],
    ['src/slack/edge.ts', 'pg'],
    ['src/main.ts', 'ioredis'],
    ['src/postgres/store.ts', 'bullmq'],
    ['src/plan/read-plan.ts', 'node:child_process'],
    ['jobs/restore/index.ts', 'execa'],
    ['src/domain/job.ts', 'node:fs'],
    ['src/engine/engine.ts', 'node:fs'],
    ['src/ports/store.ts', 'zod'],
    ['commands/open.ts', 'node:fs'],
    ['jobs/restore/index.ts', 'node:fs'],
    ['jobs/restore/index.ts', 'node:net'],
  ])('of %s do not name %s', (path, name) => {
    expect(findStrayPackages([makeSource(path, `import { one } from '${name}'\n`)])).toHaveLength(1)
    expect(findStrayPackages([makeSource(path, `import '${name}'\n`)])).toHaveLength(1)
  })

  test('of app name the type of the pool and never its code', () => {
    expect(findStrayPackages([makeSource('src/app.ts', `import type pg from 'pg'\n`)])).toEqual([])
    expect(findStrayPackages([makeSource('src/app.ts', `import pg from 'pg'\n`)])).toHaveLength(1)
  })
})

describe('files', () => {
  test('are no longer than 300 lines', () => {
    expect(findLongFiles(sources)).toEqual([])
    expect(findLongFiles([makeSource('src/long.ts', 'one\n'.repeat(301))])).toHaveLength(1)
  })

  test('are named for their subject', () => {
    expect(findDrawers(sources.map(({ path }) => path))).toEqual([])
    expect(findDrawers(['src/utils/a.ts', 'src/engine/helpers.ts', 'src/common.ts', 'test/misc/a.ts'])).toHaveLength(4)
  })

  test('do without what this house does without', () => {
    expect(findForbidden(sources)).toEqual([])
  })

  test.each([
    ['an enum', 'export enum Colour { red }'],
    ['a default export', 'export default function one() {}'],
    ['a console call', 'console.log(1)'],
    ['an open end', `// ${['TO', 'DO'].join('')}: later`],
    ['the type any', 'const one: any = 1'],
    ['the type any', 'const one = two as any\n'],
    ['the type any', 'const one: Record<string, any> = {}'],
    ['a namespace', 'namespace One {}'],
    ['a switched-off rule', '// @ts-ignore'],
  ])('are refused for %s', (what, text) => {
    expect(findForbidden([makeSource('src/engine/one.ts', text)])).toEqual([`src/engine/one.ts has ${what}`])
  })

  test('open sessions on targets in one place', () => {
    const own = makeSource('src/tools/content/one.ts', 'const client = new pg.Client({})')
    expect(findForbidden([own])).toEqual(['src/tools/content/one.ts has a session on a target of its own making'])
  })

  test('speak of Salvor and of nothing around it', () => {
    expect(findNoise([...sources, ...pages, ...readOtherTexts()])).toEqual([])
    expect(findNoise([{ path: 'README.md', text: ['see /ro', 'ot/.npmrc and issue', ' 7'].join('') }])).toHaveLength(2)
  })
})

describe('registers', () => {
  test('hold every command once, under the name of its file', () => {
    const files = readdirSync(`${root}commands`).filter((name) => name !== 'index.ts')
    const names = commandRegister.map(({ name }) => name)
    expect(names.toSorted()).toEqual(files.map((name) => name.replace(/\.ts$/, '')).toSorted())
  })

  test('hold every job kind once, under the name of its folder, with a page that says what it does', () => {
    const folders = readdirSync(`${root}jobs`, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const kinds = jobRegister.list().map(({ name }) => name)
    expect(kinds.toSorted()).toEqual(folders.map(({ name }) => name).toSorted())
    expect(kinds.filter((kind) => !existsSync(`${root}jobs/${kind}/README.md`))).toEqual([])
  })

  test('have a command for every job kind', () => {
    const commands = new Set(commandRegister.map(({ name }) => name))
    expect(jobRegister.list().filter(({ name }) => !commands.has(name))).toEqual([])
  })

  test('keep the order of a plan: every step that a kind plans is declared', () => {
    for (const kind of jobRegister.list()) {
      const declared = kind.steps.map(({ name }) => name)
      expect(new Set(declared).size, kind.name).toBe(declared.length)
      expect(kind.summary, kind.name).not.toBe('')
      expect(kind.leaves, kind.name).not.toBe('')
    }
  })

  test('ask people before every step that destroys', () => {
    const silent = jobRegister
      .list()
      .flatMap((kind) => kind.steps.map((step) => ({ kind: kind.name, ...step })))
      .filter((step) => step.risk === 'destructive' && (step.evidence === undefined || step.where !== 'runner'))
    expect(silent.map(({ kind, name }) => `${kind}/${name}`)).toEqual([])
  })

  test('show every reversible step to plans that want it approved, alone or on the card that it completes', () => {
    const silent = jobRegister.list().flatMap((kind) =>
      kind.steps
        .filter(({ risk, partOf, evidence }) => risk === 'reversible' && partOf === undefined && evidence === undefined)
        .filter(() => kind.changes === undefined)
        .map(({ name }) => `${kind.name}/${name}`),
    )
    expect(silent).toEqual([])
    const whole = jobRegister.list().flatMap(({ name: kind, steps }) =>
      steps.flatMap(({ name, partOf }, position) => {
        if (partOf === undefined) return []
        const shown = steps.slice(0, position).find((one) => one.name === partOf)
        return shown?.risk === 'destructive' ? [] : [`${kind}/${name}`]
      }),
    )
    expect(whole).toEqual([])
  })

  const plan = parseText(exampleText)
  test.each(commandRegister.flatMap((one) => one.examples.map((example) => [example, one.name] as const)))(
    'teach nothing wrong: %s',
    (example, name) => {
      const parsed = parseWords(example, commandRegister, plan, new Date('2026-03-01T03:00:00Z'))
      expect(parsed.command.name).toBe(name)
    },
  )
})

describe('the environment', () => {
  const documented = [...readText('docs/operating.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1])

  test('is documented, variable by variable', () => {
    expect(documented.toSorted()).toEqual(configVariables.map(({ name }) => name).toSorted())
    expect(configVariables.filter(({ meaning }) => meaning === '')).toEqual([])
  })

  test('is read under no other name', () => {
    const known = new Set(configVariables.map(({ name }) => name))
    const read = sources
      .filter(({ path }) => path.startsWith('src/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\b(?:env|own)\.([A-Z][A-Z_]+)\b/g)].map((match) => [path, match[1] ?? '']),
      )
    // These belong to the machine: where programs are looked for, what a terminal is like, whether sudo is at work.
    const ofMachine = ['PATH', 'TERM', 'NO_COLOR', 'SUDO_UID']
    expect(read.filter(([, name = '']) => !ofMachine.includes(name) && !known.has(name))).toEqual([])
  })
})

/** Files that are neither code nor pages: scripts, SQL, YAML and JSON, but for what the package manager writes. */
function readOtherTexts(): { path: string; text: string }[] {
  return ['.sh', '.sql', '.yaml', '.yml', '.json', '.js', '.css', '.html', 'Dockerfile', '.service', '/run']
    .flatMap(listFiles)
    .filter((path) => path !== 'package-lock.json')
    .map((path) => ({ path, text: readText(path) }))
}

describe('pages', () => {
  test('lead nowhere that is not there', () => {
    const dead = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
        .map((match) => posix.join(posix.dirname(path), match[1] ?? ''))
        .filter((to) => !existsSync(`${root}${to}`))
        .map((to) => `${path} → ${to}`),
    )
    expect(dead).toEqual([])
  })

  test('name files and commands of Salvor that exist', () => {
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/`((?:src|test|jobs|commands|docs|sandbox|bench)\/[\w./-]+\.\w+)`/g)].map((match) => [
        path,
        match[1] ?? '',
      ]),
    )
    expect(named.filter(([, to]) => !existsSync(`${root}${to}`))).toEqual([])
    const known = new Set(commandRegister.map(({ name }) => name))
    const said = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/(?:\/recover|@salvor) ([a-z]+)/g)].map((match) => [path, match[1] ?? '']),
    )
    expect(said.filter(([, word]) => !known.has(word ?? ''))).toEqual([])
  })

  test('lead through the sandbox from the first word to the report', () => {
    const readme = readText('README.md').split('## Try it')[1] ?? ''
    const walk = [
      ...['npm ci && npm run sandbox', '/recover open ', '/recover restore orders-db', '**Approve**'],
      ...['/recover verify orders-db', '/recover restart orders-api', '/recover close', 'npm ci && npm test'],
    ]
    const places = walk.map((words) => readme.indexOf(words))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })

  test('number the decisions without gap or double', () => {
    const numbers = readdirSync(`${root}docs/adr`).map((name) => Number(name.slice(0, 4)))
    expect(numbers.toSorted((one, other) => one - other)).toEqual(numbers.map((_, index) => index + 1))
  })
})
