import { readdirSync, readFileSync } from 'node:fs'
import { posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One import or re-export of a file. `to` is a path from the repository's root, or the name of a package. */
export interface Import {
  readonly to: string
  readonly outside: boolean
  /** `import type …` only: erased before anything runs. */
  readonly typeOnly: boolean
}

/** A file of the repository, its path from the root with slashes. */
export interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
}

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Folders that are not the repository's own. */
const foreign = new Set(['node_modules', '.git', '.salvor', 'coverage', 'screenshots', 'tmp'])

/** Every file of the repository whose name ends so, in the order of paths. */
export function listFiles(ending: string): string[] {
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}${folder.endsWith(sep) ? '' : sep}${entry.name}`
      if (entry.isDirectory()) return foreign.has(entry.name) ? [] : walk(path)
      return entry.isFile() && entry.name.endsWith(ending) ? [relative(root, path).split(sep).join('/')] : []
    })
  return walk(root).sort()
}

/** A file's text by its path from the root. */
export function readText(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8')
}

/** Every TypeScript file with its imports, those of the page's components too. */
export function readSources(): Source[] {
  return [...listFiles('.ts'), ...listFiles('.tsx')].map((path) => makeSource(path, readText(path)))
}

/** A source from its text; tests of the rules make them up. */
export function makeSource(path: string, text: string): Source {
  return { path, text, imports: readImports(path, text) }
}

/** Statements begin at the line's start (the formatter sees to it), so strings inside code are not taken for imports. */
const statement = /^(?:import|export)\s(type\s)?(?:[^'";]*?\sfrom\s)?\s*'([^']+)'/gm
const dynamic = /\bimport\(\s*'([^']+)'\s*\)/g

function readImports(path: string, text: string): Import[] {
  const found = [
    ...[...text.matchAll(statement)].map((match) => ({ to: match[2] ?? '', typeOnly: match[1] !== undefined })),
    ...[...text.matchAll(dynamic)].map((match) => ({ to: match[1] ?? '', typeOnly: false })),
  ]
  return found.map(({ to, typeOnly }) =>
    to.startsWith('.')
      ? { to: posix.join(posix.dirname(path), to), outside: false, typeOnly }
      : { to, outside: true, typeOnly },
  )
}
