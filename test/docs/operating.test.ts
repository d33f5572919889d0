import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configVariables } from '../../src/config.ts'
import { approvalErrors } from '../../src/domain/errors/approval.ts'
import { archiveErrors } from '../../src/domain/errors/archive.ts'
import { errorCatalogue } from '../../src/domain/errors/catalogue.ts'
import { doubtErrors } from '../../src/domain/errors/doubt.ts'
import { engineErrors } from '../../src/domain/errors/engine.ts'
import { fileErrors } from '../../src/domain/errors/file.ts'
import { planErrors } from '../../src/domain/errors/plan.ts'
import { remedyErrors } from '../../src/domain/errors/remedy.ts'
import { runErrors } from '../../src/domain/errors/run.ts'
import { serviceErrors } from '../../src/domain/errors/service.ts'
import { slackErrors } from '../../src/domain/errors/slack.ts'
import { targetErrors } from '../../src/domain/errors/target.ts'
import { terminalErrors } from '../../src/domain/errors/terminal.ts'
import { listFiles, readText, root } from '../support/sources.ts'
import { complainOf, listSaid } from './parse-said.ts'
import { listPages, readPage, writeAnchor } from './read-page.ts'

const index = readPage('docs/operating.md')
const pages = listPages('docs/operating').map(readPage)
const kinds = listFiles('README.md').filter((path) => /^jobs\/[^/]+\/README\.md$/.test(path))
const typed = ['README.md', 'sandbox/README.md', ...listPages('docs'), ...listPages('docs/operating'), ...kinds].map(
  readPage,
)
const nameOf = ({ path }: { readonly path: string }) => posix.basename(path)

describe('the operating guide', () => {
  test('lists each of its pages once, by the question that the page answers', () => {
    const listed = [...index.text.matchAll(/^- \[(.+)\]\(operating\/(.+)\)$/gm)].map(([, words, name]) => [name, words])
    expect(listed.toSorted()).toEqual(pages.map((page) => [nameOf(page), page.headings[0]?.words]).toSorted())
    expect(listed.length).toBeGreaterThan(30)
  })

  test.each(pages.map((page) => [nameOf(page), page] as const))('%s answers a question', (name, page) => {
    expect(page.headings).toHaveLength(1)
    expect(page.headings[0]?.words).toMatch(/\?$/)
    const isTrouble = index.text.split('## How do I')[0]?.includes(`operating/${name}`)
    const parts = [...page.text.matchAll(/^\*\*([\w ]+)\.\*\*/gm)].map(([, part]) => part)
    const wanted = isTrouble ? ['You see', 'It means', 'Salvor does', 'Do', 'Never'] : ['Do', 'Never']
    expect(parts.filter((part) => part !== 'Codes')).toEqual(wanted)
  })

  test('quotes only what Salvor says', () => {
    const spoken = listFiles('.ts')
      .filter((path) => /^(src|jobs|commands)\//.test(path))
      .map(readText)
      .join('\n')
    const quotes = pages.flatMap((page) =>
      [...page.text.matchAll(/«([^»]+)»/g)].map(([, said = '']) => [page.path, said]),
    )
    const silent = quotes.filter(([, said = '']) => !said.split('…').every((part) => spoken.includes(part.trim())))
    expect(quotes.length).toBeGreaterThan(40)
    expect(silent).toEqual([])
  })
})

describe('what pages tell people to type', () => {
  test('is understood: commands, their flags, the programs of a terminal and their options', () => {
    const said = typed.flatMap((page) => listSaid(page).map((one) => ({ path: page.path, ...one })))
    expect(said.length).toBeGreaterThan(150)
    const wrong = said.map((one) => [one.path, complainOf(one)]).filter(([, complaint]) => complaint !== null)
    expect(wrong).toEqual([])
  })

  test('would be noticed if it were wrong', () => {
    const wrong = [
      '/recover restor orders-db',
      '@salvor retry',
      'salvor worker --nam db1',
      'stop restore-3 --now',
      'salvor init --dri x',
    ]
    const complaints = listSaid({ spans: wrong, blocks: [] }).map(complainOf)
    expect(complaints).toHaveLength(wrong.length)
    expect(complaints).not.toContain(null)
  })

  test('names scripts of npm that there are', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> }
    const named = typed.flatMap(({ text }) => [
      ...text.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test|start)\b)/g),
    ])
    const names = new Set(named.map(([, run, plain]) => run ?? plain ?? ''))
    expect([...names].filter((name) => !(name in scripts))).toEqual([])
    expect(names).toContain('sandbox')
  })

  test('names stories of the sandbox that there are', () => {
    const stories = typed.flatMap(({ text }) => [...text.matchAll(/--story ([\w-]+)/g)].map(([, story]) => story))
    expect(stories.filter((story) => !existsSync(`${root}sandbox/scenario/stories/${story}.ts`))).toEqual([])
  })
})

describe('what pages lead to', () => {
  const everywhere = listFiles('.md').map(readPage)
  const anchors = new Map(
    everywhere.map(({ path, headings }) => [path, headings.map(({ words }) => writeAnchor(words))]),
  )

  test('is there, file and heading', () => {
    const dead = everywhere.flatMap(({ path, links }) =>
      links
        .filter((link) => {
          const [file = '', anchor] = link.split('#')
          const to = file === '' ? path : posix.join(posix.dirname(path), file)
          return !existsSync(`${root}${to}`) || (anchor !== undefined && !anchors.get(to)?.includes(anchor))
        })
        .map((link) => `${path} → ${link}`),
    )
    expect(dead).toEqual([])
  })

  test('are variables that some program reads', () => {
    const known = new Set(configVariables.map(({ name }) => name))
    // The plan's own, those of the compose file, the sandbox's, and what belongs to a terminal or to SQL.
    const others = ['salvor.example.yaml', 'docker-compose.yml', 'sandbox/main.ts', 'sandbox/README.md']
      .map(readText)
      .join('\n')
    const foreign = ['ALLOW_CONNECTIONS', 'NO_COLOR', 'LC_ALL', 'XDG_RUNTIME_DIR', 'SSH_AUTH_SOCK']
    const named = typed.flatMap((page) => page.spans.filter((one) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(one)))
    const strange = named.filter(
      (one) =>
        !known.has(one) &&
        !/^SALVOR_TOTP_/.test(one) &&
        !foreign.includes(one) &&
        !new RegExp(`\\b${one}\\b`).test(others),
    )
    expect(new Set(named).size).toBeGreaterThan(10)
    expect(strange).toEqual([])
  })
})

describe('errors', () => {
  const codes = pages.flatMap((page) =>
    page.text
      .split(/^\*\*Codes\.\*\*/m)
      .slice(1)
      .concat([...page.text.matchAll(/^\|.*\| (`[a-z_`, ]+`) \|$/gm)].map(([, cell = '']) => cell))
      .flatMap((text) =>
        [...text.matchAll(/`([a-z]+(?:_[a-z]+)+|stopped|unexpected)`/g)].map(([, code = '']) => [page.path, code]),
      ),
  )

  test('that the guide names exist', () => {
    expect(codes.filter(([, code = '']) => !(code in errorCatalogue))).toEqual([])
  })

  test('that stop a recovery are answered by some page', () => {
    const trouble = {
      ...{ ...approvalErrors, ...archiveErrors, ...engineErrors, ...fileErrors, ...planErrors, ...remedyErrors },
      ...{ ...doubtErrors, ...runErrors, ...serviceErrors, ...slackErrors, ...targetErrors, ...terminalErrors },
    }
    const answered = new Set(codes.map(([, code]) => code))
    expect(Object.keys(trouble).filter((code) => !answered.has(code))).toEqual([])
  })
})
