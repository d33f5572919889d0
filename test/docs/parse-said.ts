import { commandRegister } from '../../commands/index.ts'
import { SalvorError } from '../../src/domain/errors/fail.ts'
import { parseWords } from '../../src/engine/say/parse-words.ts'
import { readOptions } from '../../src/terminal/options.ts'
import { fakePlan } from '../support/fakes/plan.ts'
import { readText } from '../support/sources.ts'
import type { Page } from './read-page.ts'

/** One thing that a page tells people to type. */
export interface Said {
  readonly words: string
  /** Only a terminal has programs (`salvor worker`) and its own options. */
  readonly where: 'slack' | 'terminal' | 'anywhere'
}

const commands = new Set(commandRegister.map(({ name }) => name))
const plan = {
  ...fakePlan({
    roles: { dba: { users: ['alice'] } },
    systems: Object.fromEntries([
      ['orders-db', { kind: 'postgres', owner: 'dba', url: 'postgres://localhost/orders' }],
      ...['orders-api', 'orders-web'].map((name) => [name, { kind: 'service', owner: 'dba', unit: `${name}.service` }]),
    ]),
  }),
  timezone: 'UTC',
}

/**
 * Everything on a page that is to be typed: with its address in front in text and in blocks, and, without one, spans
 * that begin with a command and go on. A single word may be anything (`test` is a key of the plan as well).
 */
export function listSaid({ spans, blocks }: Pick<Page, 'spans' | 'blocks'>): Said[] {
  const lines = blocks.filter(({ language }) => language === '').flatMap((one) => one.text.split('\n'))
  return [
    ...[...spans, ...lines.map(dropComment)].flatMap((text) => addressed(text)),
    ...spans
      .filter((span) => / /.test(span) && commands.has(span.split(' ')[0] ?? ''))
      .map((words) => ({ words, where: 'anywhere' as const })),
  ]
}

function dropComment(line: string): string {
  return line.replace(/ {2,}#? ?.*$/, '').replace(/ \| .*$/, '')
}

function addressed(text: string): Said[] {
  const [, address = '', words = ''] = /^(\/recover|@salvor|salvor|node bin\/salvor\.js) (.+)$/.exec(text) ?? []
  if (!/^[a-z<[-]/.test(words) || words.startsWith('<words>')) return []
  return [{ words, where: address.startsWith('/') || address.startsWith('@') ? 'slack' : 'terminal' }]
}

/** What is wrong with it, or null. Placeholders are filled in, and what may be left out is left in. */
export function complainOf({ words, where }: Said): string | null {
  const filled = fill(words)
  const [first = '', ...rest] = filled.split(' ')
  if (where === 'terminal' && first in programs) {
    const strange = rest.filter((one) => one.startsWith('--') && !hasOption(first, one.slice(2)))
    return strange.length === 0 ? null : `${first} has no ${strange.join(', ')}`
  }
  if (where === 'terminal' && /^--?\w/.test(first)) return null
  const [, named, flag] = /^([a-z]+) --([a-z-]+)$/.exec(filled) ?? []
  if (named !== undefined && flag !== undefined && where === 'anywhere') return findFlag(named, flag)
  try {
    const typed = where === 'terminal' ? readOptions(filled.split(' ')).words : filled
    parseWords(typed, commandRegister, plan, new Date('2026-03-01T03:00:00Z'))
    return null
  } catch (error) {
    if (error instanceof SalvorError) return `${words}: ${error.message}`
    throw error
  }
}

/** Options are read by hand (`'--name'`) or by what node:util is told of them (`url: {`). */
function hasOption(program: string, option: string): boolean {
  return new RegExp(`'--${option}'|\\b${option}: \\{ type:`).test(programs[program] ?? '')
}

/** A flag that a text only mentions with its command, without a value. */
function findFlag(name: string, flag: string): string | null {
  const command = commandRegister.find((one) => one.name === name)
  return command && flag in command.syntax.flags ? null : `${name} has no --${flag}`
}

const examples: Readonly<Record<string, string>> = {
  job: 'restore-3',
  system: 'orders-db',
  service: 'orders-api',
  run: 'run-1',
  step: '3',
  time: '02:10',
  number: '7',
  incident: '7',
  'migration|script': 'orders',
}

/** `restore <system> [--backup <id>|latest]` as somebody would say it; of alternatives the first one. */
function fill(words: string): string {
  return words
    .replace(/[<{]([^>}]+)[>}]/g, (_all, name: string) => examples[name] ?? name.split(/[ |]/)[0] ?? 'x')
    .replace(/[[\]]/g, '')
    .replace(/(?<=\S)\|\S+/g, '')
    .replaceAll('…', 'x')
    .trim()
}

const standsIn: Readonly<Record<string, string>> = {
  sandbox: 'sandbox/main.ts',
  init: 'src/start-init.ts',
  audit: 'src/audit-journal.ts',
}

/** The program's roles, as its own help lists them, each with the text in which its options stand. */
const programs: Readonly<Record<string, string>> = Object.fromEntries(
  [...readText('src/main.ts').matchAll(/^ {2}salvor ([a-z-]+) /gm)].map(([, name = '']) => [
    name,
    readText(standsIn[name] ?? 'src/main.ts'),
  ]),
)
