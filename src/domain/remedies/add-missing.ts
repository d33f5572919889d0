import type { Finding } from '../remedy-match.ts'
import { quoteName, type Suggestion } from './suggestion.ts'

/** Things of well-known extensions, by how a message names them. */
const extensions: readonly (readonly [RegExp, string])[] = [
  [/type "(?:public\.)?citext"/i, 'citext'],
  [/type "(?:public\.)?hstore"/i, 'hstore'],
  [/type "(?:public\.)?ltree"/i, 'ltree'],
  [/type "(?:public\.)?(?:geometry|geography)"/i, 'postgis'],
  [/type "(?:public\.)?vector"/i, 'vector'],
  [/function (?:public\.)?uuid_generate_v\d/i, 'uuid-ossp'],
  [/function (?:public\.)?(?:crypt|gen_salt|digest)\(/i, 'pgcrypto'],
  [/function (?:public\.)?unaccent\(/i, 'unaccent'],
  [/operator class "(?:public\.)?g(?:in|ist)_trgm_ops"/i, 'pg_trgm'],
]

/** A role or an extension that the content needs and the server does not have. */
export function addMissing({ text }: Finding): Suggestion | null {
  const role = /role "([^"\n]{1,63})" does not exist/i.exec(text)?.[1]
  if (role !== undefined) {
    const sql = `CREATE ROLE "${role}" NOLOGIN;`
    const note =
      'Roles belong to the whole server. Grant it what it had where it comes from, and LOGIN only if it must.'
    return { title: `Add the role ${role}`, sql, exact: true, note }
  }
  const named = /extension "([\w-]{1,63})" (?:does not exist|is not available|must be installed)/i.exec(text)?.[1]
  const extension = named ?? extensions.find(([shape]) => shape.test(text) && /does not exist/i.test(text))?.[1]
  if (extension === undefined) return null
  const sql = `CREATE EXTENSION IF NOT EXISTS ${quoteName(extension, 'extension')};`
  const note =
    'If it is not available, its package must be installed on the server first; the role needs the right to create it.'
  return { title: `Add the extension ${extension}`, sql, exact: true, note }
}
