import { userInfo } from 'node:os'
import { SalvorError } from '../../domain/errors/fail.ts'

/** What the system refused, in words of the catalogue; what is known already passes through. */
export function explainFile(error: unknown, path: string, action: string): unknown {
  if (error instanceof SalvorError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SalvorError('file_missing', { path }, { cause: error })
  if (code === 'ELOOP') return new SalvorError('file_link', { path, target: 'another place' }, { cause: error })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return refuseRights(action, path, code, error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return new SalvorError('file_no_space', { path }, { cause: error })
  if (code === 'EBUSY') return new SalvorError('file_mounted', { path, seen: code }, { cause: error })
  if (code === 'EXDEV') return new SalvorError('file_across', { path }, { cause: error })
  if (code === 'ETXTBSY') return new SalvorError('file_running', { path }, { cause: error })
  return error
}

/** `file_rights`, with the account that lacks it. */
export function refuseRights(action: string, path: string, seen: string, cause?: unknown): SalvorError {
  return new SalvorError('file_rights', { account: nameMyself(), action, path, seen }, { cause })
}

/** An account without a name, as some containers have it, goes by its number. */
function nameMyself(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.geteuid?.() ?? 'this account')
  }
}
