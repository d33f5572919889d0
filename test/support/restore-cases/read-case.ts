import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../fixtures/restore-cases')
const USUAL_STEPS = 'backup,damage,restore,diff'

/** A case file: its one-line keys (`@title`, `@role`, `@create` …) and its sections (`@setup`, `@damage` …). */
export interface CaseText {
  readonly id: string
  readonly title: string
  /** What is said and done, in order; the usual ones where the file names none. */
  readonly steps: readonly string[]
  readonly keys: ReadonlyMap<string, string>
  readonly sections: ReadonlyMap<string, string>
}

/** Reads the case of an id, `c23`; the file's name begins with it. */
export function readCase(id: string): CaseText {
  const file = readdirSync(FOLDER).find((name) => name.startsWith(`${id}-`) && name.endsWith('.sql'))
  if (file === undefined) throw new Error(`no case ${id} in ${FOLDER}`)
  const keys = new Map<string, string>()
  const sections = new Map<string, string>()
  let section: string | null = null
  for (const line of readFileSync(join(FOLDER, file), 'utf8').split('\n')) {
    const [, key, value = ''] = /^-- @([\w-]+)(?: (.*))?$/.exec(line) ?? []
    if (key === undefined) {
      if (section !== null) sections.set(section, `${sections.get(section) ?? ''}${line}\n`)
    } else if (value === '') {
      section = key
      sections.set(key, '')
    } else keys.set(key, value.trim())
  }
  const steps = (keys.get('steps') ?? USUAL_STEPS).split(',')
  return { id, title: keys.get('title') ?? id, steps, keys, sections }
}

/** Ids of all cases. */
export function listCases(): string[] {
  return readdirSync(FOLDER).map((name) => name.slice(0, name.indexOf('-')))
}
