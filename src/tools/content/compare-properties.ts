import type { Finding } from '../../domain/content.ts'
import type { DatabaseProperties } from '../../domain/database-properties.ts'
import { finding } from '../../domain/finding-texts.ts'
import { type Json, writeCanonicalJson } from '../../domain/json.ts'
import { listPrivileges } from '../../domain/property-differences.ts'

/** Words for a person by property. */
const titles: { readonly [K in Exclude<keyof DatabaseProperties, 'libraryVersion'>]: string } = {
  owner: 'owner',
  acl: 'privileges',
  connectionLimit: 'connection limit',
  comment: 'comment',
  encoding: 'encoding',
  collate: 'collation',
  ctype: 'character classes',
  provider: 'locale provider',
  locale: 'locale',
  icuRules: 'ICU rules',
  collationVersion: 'collation version',
  tablespace: 'tablespace',
  isTemplate: 'template flag',
  settings: 'settings',
  roleSettings: 'settings of roles',
}

/**
 * Owner, privileges, limits, comment, locale and settings of a database against what they were. The order of lists does
 * not count. `only` keeps these.
 */
export function compareProperties(
  expected: DatabaseProperties,
  found: DatabaseProperties,
  only?: readonly (keyof DatabaseProperties)[],
): Finding[] {
  const keys = (Object.keys(titles) as (keyof typeof titles)[]).filter((key) => only?.includes(key) ?? true)
  return keys.map((key) => {
    const should = inOrder(key === 'acl' ? [...listPrivileges(expected)] : expected[key])
    const is = inOrder(key === 'acl' ? [...listPrivileges(found)] : found[key])
    const same = writeCanonicalJson(should) === writeCanonicalJson(is) || (key === 'collationVersion' && isNewer(found))
    return {
      subject: 'property',
      name: titles[key],
      verdict: same ? 'equal' : 'differs',
      expected: should,
      found: is,
      why: same ? null : finding('property_differs'),
    }
  })
}

/** A database that was created after the library changed has indexes in the order of the new one. */
function isNewer({ collationVersion, libraryVersion }: DatabaseProperties): boolean {
  return collationVersion === libraryVersion
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.toSorted()
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inOrder(each)]))
}
