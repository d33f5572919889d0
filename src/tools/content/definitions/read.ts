import type { ClientBase } from 'pg'
import type { ObjectDefinition } from '../../../domain/definitions.ts'
import * as onRelations from './on-relations.ts'
import * as otherServers from './other-servers.ts'
import * as relations from './relations.ts'
import * as routines from './routines.ts'
import type { DefinitionRow } from './sql.ts'
import * as textSearch from './text-search.ts'
import * as types from './types.ts'
import * as whole from './whole-database.ts'

/**
 * Every definition of a database in the server's own words: one statement a subject, however many objects there are.
 * The session's search_path must be `pg_catalog, pg_temp`, so that all other names print with their schemas.
 */
export async function readDefinitions(client: ClientBase, version: number): Promise<ObjectDefinition[]> {
  const found: ObjectDefinition[] = []
  for (const statement of writeStatements(version)) {
    const { rows } = await client.query<DefinitionRow>(statement)
    for (const { kind, path, facets } of rows) found.push({ kind, path, facets: facets as ObjectDefinition['facets'] })
  }
  return found
}

function writeStatements(version: number): string[] {
  const subjects: readonly (readonly string[])[] = [
    [relations.selectRelations(), relations.selectSequences()],
    [relations.selectColumns()],
    [onRelations.selectConstraints(), onRelations.selectDomainConstraints()],
    [onRelations.selectIndexes()],
    [
      onRelations.selectTriggers(),
      onRelations.selectRules(),
      onRelations.selectPolicies(),
      onRelations.selectStatistics(),
    ],
    [
      routines.selectRoutines(),
      routines.selectAggregates(),
      routines.selectLanguages(),
      routines.selectCasts(),
      routines.selectTransforms(),
      routines.selectEventTriggers(),
    ],
    [
      types.selectTypes(),
      types.selectCollations(),
      types.selectConversions(),
      types.selectOperators(),
      types.selectOperatorFamilies(),
      types.selectOperatorClasses(),
      textSearch.selectDictionaries(),
      textSearch.selectConfigurations(),
      textSearch.selectParsers(),
      textSearch.selectTemplates(),
    ],
    [
      otherServers.selectWrappers(),
      otherServers.selectServers(),
      otherServers.selectUserMappings(),
      otherServers.selectPublications(version),
      otherServers.selectSubscriptions(),
    ],
    [
      whole.selectSchemas(),
      whole.selectExtensions(),
      whole.selectDefaultPrivileges(),
      whole.selectAccessMethods(),
      whole.selectComments(),
      whole.selectSecurityLabels(),
      whole.selectExtensionDependencies(),
      whole.selectForeignPrivileges(),
      whole.selectLargeObjects(),
    ],
  ]
  return subjects.map((selects) => selects.join('\nUNION ALL\n'))
}
