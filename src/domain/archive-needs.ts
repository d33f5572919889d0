/** What loading an archive asks of a server, told from its table of contents: all of it can be looked for beforehand. */
export interface ArchiveNeeds {
  /** Roles that own, are granted or are named by something. */
  readonly roles: readonly string[]
  /** Roles that objects are given to, each with one of these: who loads must be able to act as them. */
  readonly owners: readonly { readonly role: string; readonly example: string }[]
  /** Whose the schema `public` becomes, which is there before; null where nothing is said of it. */
  readonly publicOwner: string | null
  /** What is granted or revoked on the schema `public`; a role of null is everybody. */
  readonly publicGrants: readonly {
    readonly role: string | null
    readonly privilege: string
    readonly given: boolean
  }[]
  readonly tablespaces: readonly string[]
  readonly extensions: readonly string[]
  /** Languages of functions, each with one of these: only a superuser writes in those that are not trusted. */
  readonly languages: readonly { readonly language: string; readonly example: string }[]
  /** What nobody but a superuser may create, by kind and name. */
  readonly superuser: readonly string[]
  /** Tables with row security, which hides rows from whoever is neither their owner nor exempt. */
  readonly rowSecurity: readonly { readonly table: string; readonly owner: string; readonly forced: boolean }[]
  /** Most tables that one statement locks: a foreign key of a partitioned table locks all of its partitions. */
  readonly lockedAtOnce: number
}

/** Of nothing that is loaded. */
export const noNeeds: ArchiveNeeds = {
  roles: [],
  owners: [],
  publicOwner: null,
  publicGrants: [],
  tablespaces: [],
  extensions: [],
  languages: [],
  superuser: [],
  rowSecurity: [],
  lockedAtOnce: 0,
}
