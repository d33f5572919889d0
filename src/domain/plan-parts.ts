import { z } from 'zod'
import { emptyByName } from './by-name.ts'

/** A length of time as people write it: `30s`, `15m`, `2h`, `7d`, `50ms`. */
export const durationText = z.string().regex(/^\d+(ms|s|m|h|d)$/, 'a duration such as 50ms, 30s, 15m, 2h or 7d')

/** `orders`, or `shop.orders`; without a schema it is `public`. */
export const tableName = z.string().regex(/^[^.\s]+(\.[^.\s]+)?$/, 'a table, or schema.table')

/**
 * Values by names that somebody else gave. zod's own record leaves `__proto__` out without a word, so that is refused;
 * and its answer would know `constructor` although nobody wrote it.
 */
export function namesOf<K extends z.ZodString, V extends z.ZodType>(key: K, value: V) {
  return z
    .preprocess(
      (read, context) => {
        if (typeof read === 'object' && read !== null && Object.hasOwn(read, '__proto__'))
          context.addIssue({ code: 'custom', message: 'another name than this', path: ['__proto__'] })
        return read
      },
      z.record(key, value),
    )
    .transform((read) => Object.assign(emptyByName<z.output<V>>(), read) as { [name: string]: z.output<V> })
}
