import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** The shape of the tables that this version of the service was written for. */
const SCHEMA = 1

/** Every setting: what the service can use, and what it uses instead of anything else. */
const rules = {
  'currency.code': { fits: (value) => /^[A-Z]{3}$/.test(String(value)), fallback: 'EUR' },
  'currency.decimals': { fits: (value) => value === 2 || value === 3, fallback: 2 },
  'delivery.cutOff': { fits: (value) => /^\d\d:\d\d$/.test(String(value)), fallback: '00:00' },
  'delivery.dateFormat': { fits: (value) => value === 'YYYY-MM-DD', fallback: 'YYYY-MM-DD' },
  'phone.longest': { fits: (value) => Number(value) >= 16, fallback: 24 },
} as const satisfies Record<string, { fits: (value: unknown) => boolean; fallback: string | number }>

type Place = keyof typeof rules

/**
 * What `orders-api.yaml` says. `fault` keeps the service from starting; each of `warnings` names a value in whose place
 * a fallback stands: the service runs then, but not as its owners want it.
 */
export type ReadConfig = { settings: Record<Place, string | number>; warnings: string[]; fault?: string }

/** Reads and checks the file; never throws. */
export function readConfig(path: string): ReadConfig {
  try {
    return checkConfig(parse(readFileSync(path, 'utf8')))
  } catch (error) {
    return { ...checkConfig({ schema: SCHEMA }), fault: `cannot read the config: ${(error as Error).message}` }
  }
}

function checkConfig(seen: unknown): ReadConfig {
  const warnings: string[] = []
  const settings = Object.fromEntries(
    Object.entries(rules).map(([place, { fits, fallback }]) => {
      const value = valueAt(seen, place)
      if (fits(value)) return [place, value]
      warnings.push(`config ${place} is ${JSON.stringify(value) ?? 'missing'}, using ${JSON.stringify(fallback)}`)
      return [place, fallback]
    }),
  ) as ReadConfig['settings']
  const schema = valueAt(seen, 'schema')
  if (schema === SCHEMA) return { settings, warnings }
  return { settings, warnings, fault: `the config is for schema ${schema}, this version needs schema ${SCHEMA}` }
}

function valueAt(seen: unknown, place: string): unknown {
  let here = seen
  for (const key of place.split('.')) here = (here as Record<string, unknown> | null | undefined)?.[key]
  return here
}
