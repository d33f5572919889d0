import { SalvorError } from '../../domain/errors/fail.ts'
import type { HeaderProblem } from './read-header.ts'

/** The catalogue's error for what an archive's first bytes tell. */
export function nameHeaderProblem(problem: HeaderProblem, path: string): SalvorError {
  const backup = path.slice(path.lastIndexOf('/') + 1)
  if (problem === 'plain_sql') return new SalvorError('archive_plain_sql', { backup })
  if (problem === 'newer')
    return new SalvorError('archive_newer', { backup, seen: 'its header is of an unknown version' })
  if (problem === 'truncated') return new SalvorError('archive_truncated', { backup })
  return new SalvorError('archive_not_one', {
    backup,
    seen: problem === 'empty' ? 'the file is empty' : 'it does not begin as one',
  })
}
