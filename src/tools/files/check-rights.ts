import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { FoundFile } from '../../ports/file-tools.ts'
import { nameAccount } from '../name-account.ts'
import { checkMount } from './check-mount.ts'
import { explainFile, refuseRights } from './explain-file.ts'

/**
 * Could this process put another file in the place of this one, with the same owner? Only root gives files away, so
 * this is told before anything begins.
 */
export async function checkFileRights({ path, uid, gid }: FoundFile): Promise<void> {
  await checkMount(path)
  const folder = dirname(path)
  await access(folder, constants.W_OK | constants.X_OK).catch((error) => {
    throw explainFile(error, folder, 'write in')
  })
  const me = process.geteuid?.() ?? 0
  if (me === 0) return
  if (uid !== me) throw refuseRights('keep the owner of', path, `it belongs to ${await nameFileOwner(uid)}`)
  const groups = [process.getegid?.(), ...(process.getgroups?.() ?? [])]
  if (!groups.includes(gid)) throw refuseRights('keep the group of', path, `its group is ${gid}`)
}

export async function nameFileOwner(uid: number): Promise<string> {
  return (await nameAccount(uid).catch(() => null)) ?? `account ${uid}`
}
