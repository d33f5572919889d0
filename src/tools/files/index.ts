import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileTools } from '../../ports/file-tools.ts'
import type { ToolRunner } from '../../ports/tool-runner.ts'
import { checkFileRights, nameFileOwner } from './check-rights.ts'
import { listFileVersions } from './list-versions.ts'
import { readAttributes } from './read-attributes.ts'
import { readRegularFile } from './read-file.ts'
import { type ReplaceMoment, replaceFile } from './replace-file.ts'
import { showChange } from './show-change.ts'

/** Hands for config files of this machine. */
export function createFileTools(deps: {
  readonly redact: (text: string) => string
  /** Without it attributes cannot be looked at. */
  readonly run?: ToolRunner
  /** For tests: called at moments of a replacement. */
  readonly pass?: (moment: ReplaceMoment) => void
}): FileTools {
  return {
    read: readRegularFile,
    checkRights: checkFileRights,
    readAttributes: async (path, signal) => (deps.run === undefined ? null : readAttributes(deps.run, path, signal)),
    nameOwner: ({ uid }) => nameFileOwner(uid),
    listVersions: listFileVersions,
    compare: (before, after, most) => showChange(deps.redact, before, after, most),
    async withCopy(content, name, work) {
      const folder = await mkdtemp(join(tmpdir(), 'salvor-file-'))
      try {
        const path = join(folder, name)
        await writeFile(path, content, { mode: 0o600, flag: 'wx' })
        return await work(path)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    replace: (of) => replaceFile(of, deps.pass ?? (() => {})),
  }
}
