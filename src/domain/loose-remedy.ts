import type { PlanRemedy } from './recovery-plan.ts'

/** Folder beside the plan for SQL that no plan names: what somebody wrote during the incident. */
export const looseFolder = 'fixes'

/** A file of that folder: a plain name, so that no other folder can be meant. */
export const looseFile = /^[A-Za-z0-9_][\w-]{0,60}(?:\.[\w-]{1,30}){0,3}\.sql$/

const shape = /^file:([^+]+)(?:\+(.+))?$/

/** What such a file is called as a remedy, with its way back where there is one. */
export function nameLooseRemedy(file: string, undo?: string): string {
  return undo === undefined ? `file:${file}` : `file:${file}+${undo}`
}

/** The remedy that such a name stands for; null for the name of one in the plan, and for files of elsewhere. */
export function readLooseRemedy(name: string): PlanRemedy | null {
  const [, file = '', undo] = shape.exec(name) ?? []
  if (!looseFile.test(file) || (undo !== undefined && !looseFile.test(undo))) return null
  const back = undo === undefined ? {} : { undo: `${looseFolder}/${undo}` }
  return { name, when: {}, sql: `${looseFolder}/${file}`, ...back }
}
