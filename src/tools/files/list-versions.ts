import { lstat, readdir, realpath } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { FileVersion, FileVersions } from '../../ports/file-tools.ts'
import { explainFile } from './explain-file.ts'
import { comparePlaces, readPlace, type VersionPlace } from './version-order.ts'
import { readLeaving } from './version-words.ts'

/** How an entry is called: `app.yaml.v7`, `v7.yaml`, `app-v7.yaml`, or a folder `v7` that holds `app.yaml`. */
type Form = 'behind' | 'before' | 'within' | 'folder'

interface Named {
  readonly label: string
  readonly form: Form
  /** Null for a name that says no place: a person may choose it, nothing else does. */
  readonly place: VersionPlace | null
}

/**
 * The versions of a file in a folder, the newest first as far as the folder keeps to one scheme of names, and whatever
 * else lies there with the reason why it is none. Hidden files and what Salvor itself has kept are left out.
 */
export async function listFileVersions(folder: string, of: string): Promise<FileVersions> {
  const file = basename(of)
  const real = await realpath(folder).catch((error) => {
    throw explainFile(error, folder, 'list')
  })
  const entries = await readdir(real, { withFileTypes: true }).catch((error) => {
    throw explainFile(error, folder, 'list')
  })
  const named: (FileVersion & Named)[] = []
  const others: { name: string; why: string }[] = []
  for (const entry of entries) {
    const { name } = entry
    if (/^\.|\.salvor-/.test(name)) continue
    const path = entry.isDirectory() ? join(real, name, file) : join(real, name)
    const read = nameVersion(name, file, entry.isDirectory())
    if (typeof read === 'string') others.push({ name, why: read })
    else if (entry.isDirectory() && !(await exists(path))) others.push({ name, why: `a folder without ${file}` })
    else named.push({ ...read, name, path })
  }
  return { ...orderVersions(named), others: others.sort((one, other) => compareText(one.name, other.name)) }
}

/** How an entry is called as a version, or why it is none. */
export function nameVersion(name: string, file: string, isFolder: boolean): Named | string {
  if (/^[-#]|[~#]$/.test(name)) return 'an editor’s file'
  if (name === file && !isFolder) return 'its name says no version'
  const found = isFolder ? { label: name, form: 'folder' as const } : splitName(name, file)
  const leaving = readLeaving(found?.label ?? name)
  if (leaving !== null) return leaving
  if (found === null) return 'another file'
  const place = readPlace(found.label)
  // `v7.yaml` is a version of any file, `values.yaml` and `node18.yaml` are files of their own.
  if (found.form === 'before' && !isPlain(place)) return 'another file'
  return { ...found, place }
}

function splitName(name: string, file: string): { label: string; form: Form } | null {
  const ending = extname(file)
  const stem = ending === '' ? file : file.slice(0, -ending.length)
  const behind = name.startsWith(file) ? /^[._@ -]\s*(.+)$/.exec(name.slice(file.length))?.[1] : undefined
  if (behind !== undefined) return { label: behind, form: 'behind' }
  if (ending === '' || !name.endsWith(ending)) return null
  const bare = name.slice(0, -ending.length)
  const within = bare.startsWith(stem) ? /^[._@ -]\s*(.+)$/.exec(bare.slice(stem.length))?.[1] : undefined
  if (within !== undefined) return { label: within, form: 'within' }
  return bare === '' ? null : { label: bare, form: 'before' }
}

function isPlain(place: VersionPlace | null): boolean {
  return place !== null && /^(date|(v|ver|version|r|rev|revision|rel|release)?[-_. ]?#)$/.test(place.scheme)
}

/** Newest first where all that say a place say it in one way; else by name, with the reason why none is the newest. */
function orderVersions(
  named: readonly (FileVersion & Named)[],
): Pick<FileVersions, 'versions' | 'named' | 'unordered'> {
  const placed = named.flatMap((one) => (one.place === null ? [] : [{ ...one, place: one.place }]))
  const sorted = placed.sort((one, other) => comparePlaces(other.place, one.place) || compareText(one.name, other.name))
  const schemes = [...new Set(sorted.map(({ form, place }) => `${form} ${place.scheme}`))]
  const twins = sorted.find((one, at) => {
    const next = sorted[at + 1]
    return next !== undefined && comparePlaces(one.place, next.place) === 0
  })
  const examples = schemes.map((scheme) => sorted.find(({ form, place }) => `${form} ${place.scheme}` === scheme)?.name)
  const unordered =
    schemes.length > 1
      ? `the names follow ${schemes.length} schemes, as ${examples.slice(0, 3).join(' and ')}`
      : twins !== undefined
        ? `another entry says the same as ${twins.name}`
        : null
  const tell = ({ label, name, path }: FileVersion): FileVersion => ({ label, name, path })
  const byName = named.filter(({ place }) => place === null).sort((one, other) => compareText(one.name, other.name))
  return { versions: sorted.map(tell), named: byName.map(tell), unordered }
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
