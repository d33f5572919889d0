import type { JobPreview } from '../../src/engine/define-job.ts'

export function previewBaseline(): JobPreview {
  return {
    does: { measure: ['-- rows and fingerprint of every table, READ ONLY, kept as a manifest beside the backups'] },
    back: 'None is needed: it only reads the database and adds a file.',
  }
}
