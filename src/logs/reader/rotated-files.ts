import { basename, dirname, join } from 'node:path'

/**
 * Predecessors of a log among the names of its folder, oldest first: `app.log.2.gz`, `app.log.1`, `app.log-20260301`.
 * Files that only begin alike (`app.log.bak`, `app.log.swp`) are none.
 */
export function findPredecessors(path: string, names: readonly string[]): readonly string[] {
  const base = basename(path)
  const found = names.flatMap((name) => {
    if (!name.startsWith(base) || name === base) return []
    const rest = name.slice(base.length).replace(/\.gz$/, '')
    const number = /^\.(\d{1,4})$/.exec(rest)?.[1]
    if (number !== undefined) return [{ name, age: Number(number), day: '' }]
    const day = /^[-.](\d{4}-?\d{2}-?\d{2}(?:[-T_.]?\d{2,10})?)$/.exec(rest)?.[1]
    return day === undefined ? [] : [{ name, age: 0, day: day.replace(/\D/g, '') }]
  })
  const ordered = found.sort((a, b) => b.age - a.age || a.day.localeCompare(b.day))
  const seen = new Set<string>()
  // While logrotate compresses, a file stands there twice: the plain one is whole.
  const plain = new Set(ordered.map(({ name }) => name).filter((name) => !name.endsWith('.gz')))
  return ordered
    .filter(({ name }) => {
      const stem = name.replace(/\.gz$/, '')
      if (seen.has(stem) || (name.endsWith('.gz') && plain.has(stem))) return false
      seen.add(stem)
      return true
    })
    .map(({ name }) => join(dirname(path), name))
}
