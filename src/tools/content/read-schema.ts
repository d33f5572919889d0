import type { Rehearsal } from '../../domain/content.ts'
import type { ObjectDefinition } from '../../domain/definitions.ts'
import type { ExtensionParts } from '../../domain/not-in-backup.ts'
import { readDefinitions } from './definitions/read.ts'
import { readSequences } from './read-sequences.ts'
import { readExtensionParts } from './read-unseen.ts'
import { type SnapshotOptions, withSnapshot } from './snapshot.ts'

/** Definitions of a database and where its sequences stand, without a look at its rows. */
export async function readSchema(of: SnapshotOptions): Promise<{
  readonly serverVersion: string
  readonly definitions: readonly ObjectDefinition[]
  readonly sequences: Rehearsal['sequences']
  readonly extensionParts: ExtensionParts
}> {
  return withSnapshot(of, async (snapshot) => ({
    serverVersion: snapshot.serverVersion,
    definitions: await readDefinitions(snapshot.client, snapshot.versionNumber),
    extensionParts: await readExtensionParts(snapshot, of.signal),
    sequences: (await readSequences(of, snapshot)).map(({ name, state }) => ({
      name,
      lastValue: state?.lastValue ?? null,
      called: state?.called ?? false,
    })),
  }))
}
