import type { Place } from '../page-context.ts'

/** The place that an address names: `#person/channel/thread`, each part optional. */
export function readPlace(hash: string): Place {
  const [person = '', channel = '', thread = ''] = hash.replace(/^#/, '').split('/').map(decodePart)
  return { person, channel, thread }
}

/** The address of a place. */
export function writePlace({ person, channel, thread }: Place): string {
  return `#${[person, channel, thread].map(encodeURIComponent).join('/')}`
}

/** The place of a message's permalink, `/archives/<channel>/p<digits>?thread_ts=`; undefined for any other address. */
export function readPermalink(address: string): Omit<Place, 'person'> | undefined {
  if (!URL.canParse(address, 'http://local')) return undefined
  const { pathname, searchParams } = new URL(address, 'http://local')
  const found = /^\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?\/?$/.exec(pathname)
  if (!found) return undefined
  const [, channel = '', seconds, micros] = found
  return { channel, thread: searchParams.get('thread_ts') ?? (seconds ? `${seconds}.${micros}` : '') }
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
