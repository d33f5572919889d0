import type pg from 'pg'
import type { ShownCards } from '../ports/shown-cards.ts'
import type { StoreTx } from '../ports/store.ts'

/** What the store knows of the cards that ask: which were delivered, and which codes were typed for them. */
export function createCardTx(
  client: pg.ClientBase,
): Pick<StoreTx, 'wasDelivered' | 'countWrongCodes' | 'addWrongCode'> {
  return {
    async wasDelivered(approval, { id, slack }, before) {
      const keys = [`ask:${approval}:thread`, ...(slack === null ? [] : [`ask:${approval}:dm:${slack}`])]
      // Slack's name of a message is the time at which it was posted, in seconds.
      const { rows } = await client.query<{ seen: boolean }>(
        `SELECT EXISTS (
           SELECT FROM salvor.messages WHERE key = ANY ($1) AND state = 'posted' AND ts ~ '^\\d{1,12}(\\.\\d+)?$'
              AND to_timestamp(CASE WHEN ts ~ '^\\d{1,12}(\\.\\d+)?$' THEN ts::float8 END) <= $4::timestamptz)
          OR EXISTS (
           SELECT FROM salvor.shown_cards WHERE approval = $2 AND person = $3 AND shown_at <= $4) AS seen`,
        [keys, approval, id, before],
      )
      return rows[0]?.seen === true
    },
    async countWrongCodes(approval) {
      const { rows } = await client.query<{ wrong: number }>(
        'SELECT count(*)::int AS wrong FROM salvor.wrong_card_codes WHERE approval = $1',
        [approval],
      )
      return rows[0]?.wrong ?? 0
    },
    async addWrongCode(approval, person) {
      await client.query('INSERT INTO salvor.wrong_card_codes (approval, person) VALUES ($1, $2)', [approval, person])
    },
  }
}

/** Cards that terminals showed, over all processes. */
export function createShownCards(pool: pg.Pool): ShownCards {
  return {
    async record(approval, person, at) {
      await pool.query(
        `INSERT INTO salvor.shown_cards (approval, person, shown_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [approval, person, at],
      )
    },
  }
}
