import type pg from 'pg'

/**
 * The same session, in which each query is exactly one statement (the extended protocol takes no second one): SQL of
 * the plan stands within statements, and must not end them and the READ ONLY transaction with them.
 */
export function oneStatement(client: pg.Client): pg.ClientBase {
  return new Proxy(client, {
    get(of, name) {
      if (name !== 'query') return Reflect.get(of, name, of)
      return (text: string, values?: unknown[]) =>
        of.query({ text, queryMode: 'extended', ...(values === undefined ? {} : { values }) } as pg.QueryConfig)
    },
  })
}
