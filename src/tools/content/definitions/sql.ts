/** What one kind's statement answers, one row an object; statements of a subject are joined by UNION ALL. */
export interface DefinitionRow {
  readonly kind: string
  /** Unquoted names from the outside in: schema and relation, then what hangs on it. */
  readonly path: readonly string[]
  readonly facets: { readonly [facet: string]: unknown }
}

/** Objects with smaller numbers came with initdb. */
const FIRST_NORMAL_OID = 16384

/** A namespace (aliased) that belongs to people. */
export function ownSchema(alias = 'n'): string {
  return `${alias}.nspname !~ '^pg_' AND ${alias}.nspname <> 'information_schema'`
}

/** True for what is no member of an extension: members come with `CREATE EXTENSION`. */
export function noMember(catalogue: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`
}

/** As noMember; what the server made for another object, such as the constructors of a range, comes with that one. */
export function standsAlone(catalogue: string, oid: string): string {
  return noMember(catalogue, oid).replace("= 'e'", "IN ('e', 'i')")
}

/** An object without a schema that people made. */
export function made(catalogue: string, oid: string): string {
  return `${oid} >= ${FIRST_NORMAL_OID} AND ${noMember(catalogue, oid)}`
}

/** A row of `kind, path, facets`; facets that are null are left out, so only what is not the default takes room. */
export function selectObject(of: {
  readonly kind: string
  readonly path: readonly string[]
  readonly facets: { readonly [facet: string]: string }
  readonly from: string
}): string {
  const facets = Object.entries(of.facets).map(([name, sql]) => `'${name}', ${sql}`)
  const path = of.path.map((part) => `${part}::text`)
  return `SELECT ${of.kind}::text AS kind, ARRAY[${path.join(', ')}] AS path,
       json_strip_nulls(json_build_object(${facets.join(',\n         ')})) AS facets ${of.from}`
}

/**
 * Privileges as the server writes them, one a line, in the order of their bytes: GRANT keeps its own order, which means
 * nothing. Null where they are the default for the kind, whether spelt out or not.
 */
export function privileges(acl: string, kind: string, owner: string): string {
  return `CASE WHEN ${acl} IS NOT NULL THEN nullif(${listPrivileges(acl)}, ${listPrivileges(`acldefault('${kind}', ${owner})`)}) END`
}

export function listPrivileges(acl: string): string {
  return `(SELECT coalesce(string_agg(i::text, E'\\n' ORDER BY i::text COLLATE "C"), '') FROM unnest(${acl}) i)`
}

/** Options (`name=value`) one a line in the order of their bytes: their own order means nothing, and a dump changes it. */
export function options(array: string, besides = ''): string {
  return `(SELECT string_agg(option, E'\\n' ORDER BY option COLLATE "C") FROM unnest(${array}) option${besides})`
}

export function role(oid: string): string {
  return `pg_get_userbyid(${oid})::text`
}

/** `schema.name`, quoted where needed, of a relation by its oid; null for none. */
export function relationName(oid: string): string {
  return `(SELECT format('%I.%I', rn.nspname, rc.relname) FROM pg_class rc JOIN pg_namespace rn ON rn.oid = rc.relnamespace
            WHERE rc.oid = ${oid})`
}

/** A collation's qualified name where it is not `standard`. */
export function collationName(oid: string, standard: string): string {
  return `(SELECT format('%I.%I', cn.nspname, co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
            WHERE co.oid = ${oid} AND co.oid <> ${standard})`
}

/** Null for 0 (`-`): a function, operator or type by its oid, qualified where pg_catalog does not have it. */
export function named(
  oid: string,
  as: 'regproc' | 'regprocedure' | 'regoperator' | 'regtype' | 'regdictionary',
): string {
  return `nullif(${oid}, 0)::${as}::text`
}

/** A boolean that is left out where it is the usual one. */
export function unless(condition: string, usual: boolean): string {
  return `nullif(${condition}, ${usual})`
}
