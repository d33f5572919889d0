import type pg from 'pg'
import type { MessageStore, PostedMessage, RequestLedger } from '../ports/messages.ts'
import type { Row } from './rows.ts'

const surface = 'slack'

/** What was said in Slack and how far the journal was told there. */
export function createMessageStore(pool: pg.Pool): MessageStore {
  const find = async (key: string): Promise<PostedMessage | undefined> => {
    const { rows } = await pool.query<Row>('SELECT * FROM salvor.messages WHERE key = $1', [key])
    return rows[0] && readMessage(rows[0])
  }
  const set = async (key: string, assignments: string, values: unknown[]) => {
    await pool.query(`UPDATE salvor.messages SET ${assignments} WHERE key = $1`, [key, ...values])
  }
  return {
    find,
    async list(incident, keyPrefix) {
      const { rows } = await pool.query<Row>(
        'SELECT * FROM salvor.messages WHERE incident = $1 AND starts_with(key, $2) ORDER BY seq',
        [incident, keyPrefix],
      )
      return rows.map(readMessage)
    },
    async intend(of) {
      const { key, incident, channel, thread, intendedAt, notifies, job } = of
      const inserted = await pool.query(
        `INSERT INTO salvor.messages (key, incident, channel, thread, state, intended_at, notifies, job)
         VALUES ($1, $2, $3, $4, 'intended', $5, $6, $7)
         ON CONFLICT (key) DO UPDATE SET state = 'intended', thread = excluded.thread, intended_at = excluded.intended_at
          WHERE messages.state = 'deleted'`,
        [key, incident, channel, thread, intendedAt, notifies, job],
      )
      const message = await find(key)
      if (!message) throw new Error(`the message ${key} was not kept`)
      return { fresh: inserted.rowCount === 1, message }
    },
    recordPosted: (key, ts, shows, thread) =>
      set(key, `state = 'posted', ts = $2, shows = $3, thread = coalesce($4, thread)`, [ts, shows, thread ?? null]),
    recordShown: (key, shows) => set(key, 'shows = $2', [shows]),
    recordRefused: (key) => set(key, `state = 'refused'`, []),
    async findAt(channel, ts) {
      const { rows } = await pool.query<Row>('SELECT * FROM salvor.messages WHERE channel = $1 AND ts = $2', [
        channel,
        ts,
      ])
      return rows[0] && readMessage(rows[0])
    },
    async recordDeleted(key, ts) {
      const { rowCount } = await pool.query(
        `UPDATE salvor.messages SET state = 'deleted', ts = NULL, shows = NULL
          WHERE key = $1 AND ts = $2 AND state = 'posted'`,
        [key, ts],
      )
      return rowCount === 1
    },
    async listDeleted() {
      const { rows } = await pool.query<Row>(`SELECT * FROM salvor.messages WHERE state = 'deleted' ORDER BY seq`)
      return rows.map(readMessage)
    },
    async position(incident) {
      const { rows } = await pool.query<Row>('SELECT no FROM salvor.positions WHERE surface = $1 AND incident = $2', [
        surface,
        incident,
      ])
      return (rows[0]?.no as number | undefined) ?? 0
    },
    async advance(incident, no) {
      await pool.query(
        `INSERT INTO salvor.positions (surface, incident, no) VALUES ($1, $2, $3)
         ON CONFLICT (surface, incident) DO UPDATE SET no = greatest(positions.no, excluded.no)`,
        [surface, incident, no],
      )
    },
    async listBehind() {
      const { rows } = await pool.query<Row>(
        `SELECT i.number FROM salvor.incidents i
           LEFT JOIN salvor.positions p ON p.surface = $1 AND p.incident = i.number
          WHERE i.number > 0 AND i.head_no > coalesce(p.no, 0) ORDER BY i.number`,
        [surface],
      )
      return rows.map((row) => row.number as number)
    },
    async holdLease(owner, forMs) {
      const { rowCount } = await pool.query(
        `INSERT INTO salvor.surface_leases (surface, owner, until)
         VALUES ($1, $2, now() + make_interval(secs => $3::float8 / 1000))
         ON CONFLICT (surface) DO UPDATE SET owner = excluded.owner, until = excluded.until
          WHERE surface_leases.owner = excluded.owner OR surface_leases.until <= now()`,
        [surface, owner, forMs],
      )
      return rowCount === 1 && forMs > 0
    },
  }
}

function readMessage(row: Row): PostedMessage {
  return {
    key: row.key as string,
    incident: row.incident as number,
    channel: row.channel as string,
    thread: row.thread as string | null,
    state: row.state as PostedMessage['state'],
    ts: row.ts as string | null,
    shows: row.shows as string | null,
    intendedAt: (row.intended_at as Date).toISOString(),
    notifies: row.notifies as boolean,
    job: row.job as string | null,
  }
}

/** Request ids over all processes, in the table that the moves use as well; each kind of id has its own prefix. */
export function createRequestLedger(pool: pg.Pool): RequestLedger {
  return {
    async claim(id) {
      const result = await pool.query('INSERT INTO salvor.requests (id) VALUES ($1) ON CONFLICT DO NOTHING', [
        `delivery:${id}`,
      ])
      return result.rowCount === 1
    },
  }
}
