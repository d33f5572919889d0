import type pg from 'pg'
import { hashText } from '../domain/digest.ts'
import type { Upload, UploadShelf } from '../ports/shared-files.ts'

/** Uploads in the store, for workers on other machines. */
export function createUploadShelf(pool: pg.Pool): UploadShelf {
  return {
    async keep({ sha256, name, text, by }) {
      await pool.query(
        `INSERT INTO salvor.uploads (sha256, name, text, uploaded_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
        [sha256, name, text, by],
      )
    },
  }
}

/** An upload by its hash; undefined where there is none, or where what is there is not what the hash says. */
export async function readUpload(pool: pg.Pool, sha256: string): Promise<Upload | undefined> {
  const { rows } = await pool.query<{ name: string; text: string; uploaded_by: string }>(
    'SELECT name, text, uploaded_by FROM salvor.uploads WHERE sha256 = $1',
    [sha256],
  )
  const [row] = rows
  if (!row || hashText(row.text) !== sha256) return undefined
  return { sha256, name: row.name, text: row.text, by: row.uploaded_by }
}
