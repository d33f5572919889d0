import { setTimeout as delay } from 'node:timers/promises'
import type { Containment } from './containment.ts'
import { isGroupAlive, killNow, listDescendants } from './process-table.ts'

/** How often the end is looked for, in milliseconds. */
const lookEvery = 10

export interface Tree {
  readonly pid: number
  readonly kind: Containment['kind']
  /** True once the started process itself has ended. */
  readonly hasExited: () => boolean
  /** Leave alone what left the process group: a service that was started must live on. */
  readonly mayLeaveProcesses: boolean
}

/** Kills a tool's whole tree and answers when nothing of it is left. What cannot be killed is waited for. */
export async function endTree(tree: Tree): Promise<void> {
  if (tree.kind === 'namespace') return endNamespace(tree)
  const { pid } = tree
  // Taken before the kill: orphans have another parent afterwards.
  const descendants = tree.mayLeaveProcesses ? [] : listDescendants(pid)
  do {
    killNow(-pid)
    for (const one of descendants) killNow(one)
    await delay(lookEvery)
  } while (!tree.hasExited() || isGroupAlive(pid))
}

/**
 * The child of unshare is the namespace's first process. The kernel reaps it only after every other process in
 * the namespace has ended, and unshare waits for it: so once unshare has ended, nothing is left. Killing unshare
 * itself would lose that knowledge; it is done only while it has not forked yet.
 */
async function endNamespace(tree: Tree): Promise<void> {
  for (let round = 0; !tree.hasExited(); round += 1) {
    const inside = listDescendants(tree.pid)
    for (const one of inside) killNow(one)
    if (inside.length === 0 && round > 10) killNow(tree.pid)
    await delay(lookEvery)
  }
}
