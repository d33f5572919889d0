import type { Due, DueKind } from '../domain/due.ts'

/** What is due, inside one transaction. A row is locked after what it is about: run, job, incident, due. */
export interface DueTx {
  /**
   * Takes what is due, which nobody does again once this commits. False when somebody was faster, when it was called
   * off, or when its time was moved.
   */
  takeDue(id: string): Promise<boolean>
  /** Something is due in so many milliseconds, by the store's clock; what was due under this id is moved there. */
  putDue(due: Omit<Due, 'at' | 'tries'> & { readonly inMs: number; readonly tries?: number }): Promise<void>
  /** Calls off what is due. */
  dropDue(id: string): Promise<void>
}

/** What is due, as committed. */
export interface DueReader {
  /** What is due now of these kinds, oldest first, at most so many; and how long until the next, null for never. */
  lookAtDue(kinds: readonly DueKind[], limit: number): Promise<{ now: readonly Due[]; nextMs: number | null }>
  /** Everything that will happen by itself in an incident, the next first. */
  listDue(incident: number): Promise<readonly Due[]>
}
