/** What was found on a machine and its database server, to write a first recovery plan from. */
export interface Discovery {
  /** The maintenance role, and whether it may do what a restore needs. */
  readonly role: { readonly name: string; readonly superuser: boolean } | null
  readonly serverVersion: string | null
  /** Databases that people made, the largest first. */
  readonly databases: readonly { readonly name: string; readonly sizeBytes: number; readonly owner: string }[]
  /** Folders that hold pg_dump archives. */
  readonly dumpFolders: readonly { readonly path: string; readonly archives: number; readonly newest: string }[]
  readonly stanzas: readonly { readonly name: string; readonly backups: number }[]
  /** Units of systemd that run now. */
  readonly units: readonly { readonly name: string; readonly description: string }[]
  /** People of the Slack workspace; empty without a token. */
  readonly people: readonly { readonly id: string; readonly name: string }[]
  /** What could not be looked at, and why: comes into the plan as comments. */
  readonly notes: readonly string[]
}
