import type { PlanRemedy } from './recovery-plan.ts'

/** Folder beside the plan for SQL that no plan names: what somebody wrote during the incident. */
export const looseFolder = 'fixes'

/** A file of that folder, or one that was uploaded: a plain name, so that no other folder can be meant. */
export const looseFile = /^[A-Za-z0-9_][\w-]{0,60}(?:\.[\w-]{1,30}){0,3}\.sql$/

const shape = /^file:([^+]+)(?:\+(.+))?$/
const uploadShape = /^upload:([^+@]+)@([0-9a-f]{64})(?:\+([^+@]+)@([0-9a-f]{64}))?$/

/** Which file somebody means: of the folder, of Slack by its id, or by a name that both may have. */
export type FileWord =
  | { readonly kind: 'folder'; readonly file: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'name'; readonly file: string }

/** `hotfix.sql`, `fixes/hotfix.sql`, a link to a file in Slack or its id; undefined for anything else. */
export function readFileWord(word: string): FileWord | undefined {
  const file = word.startsWith(`${looseFolder}/`) ? word.slice(looseFolder.length + 1) : word
  if (looseFile.test(file)) return file === word ? { kind: 'name', file } : { kind: 'folder', file }
  // Only the id of a link counts: where the file is fetched is for Slack to say.
  const [, id] = /^(?:https:\/\/\S{1,300}[/-])?(F[A-Z0-9]{6,20})(?:[/?]\S{0,300})?$/.exec(word) ?? []
  return id === undefined ? undefined : { kind: 'id', id }
}

interface Uploaded {
  readonly name: string
  readonly sha256: string
}

/** What an upload is called as a remedy: its hash is the content, so nothing else can be run by this name. */
export function nameUploadRemedy(file: Uploaded, undo?: Uploaded): string {
  const [first, second] = [file, undo].map((one) => one && `${one.name}@${one.sha256}`)
  return second === undefined ? `upload:${first}` : `upload:${first}+${second}`
}

/** The hash of an upload that is a remedy's SQL or way back, and its name; null for other SQL. */
export function readUploadSql(sql: string): Uploaded | null {
  const [, sha256, name] = /^upload:([0-9a-f]{64}):(.+)$/.exec(sql) ?? []
  return sha256 !== undefined && name !== undefined ? { sha256, name } : null
}

/** A remedy's name for people: of an upload the file and the beginning of its hash. */
export function showRemedy(name: string): string {
  const [, file, sha256 = ''] = uploadShape.exec(name) ?? []
  return file === undefined ? name : `${file} (uploaded, ${sha256.slice(0, 12)}…)`
}

/** What such a file is called as a remedy, with its way back where there is one. */
export function nameLooseRemedy(file: string, undo?: string): string {
  return undo === undefined ? `file:${file}` : `file:${file}+${undo}`
}

/** The remedy that such a name stands for; null for the name of one in the plan, and for files of elsewhere. */
export function readLooseRemedy(name: string): PlanRemedy | null {
  const [, upload, hash, wayBack, wayBackHash] = uploadShape.exec(name) ?? []
  if (upload !== undefined) {
    if (!looseFile.test(upload) || (wayBack !== undefined && !looseFile.test(wayBack))) return null
    const back = wayBack === undefined ? {} : { undo: `upload:${wayBackHash}:${wayBack}` }
    return { name, when: {}, sql: `upload:${hash}:${upload}`, ...back }
  }
  const [, file = '', undo] = shape.exec(name) ?? []
  if (!looseFile.test(file) || (undo !== undefined && !looseFile.test(undo))) return null
  const back = undo === undefined ? {} : { undo: `${looseFolder}/${undo}` }
  return { name, when: {}, sql: `${looseFolder}/${file}`, ...back }
}
