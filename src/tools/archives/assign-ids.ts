import { basename } from 'node:path'
import type { RestorePoint } from '../../domain/content.ts'

/** Extensions that say nothing of which backup it is. */
const ENDINGS = /\.(?:dump|dmp|pgdump|backup|bak|sql|custom|dir|fc|fd)$/i

/**
 * Gives each restore point what people type: its file's name where that is short already (`d-0130`), else `d-0130`
 * from its time in UTC; where two would have the same, with the date, then with the whole name.
 */
export function assignIds(points: readonly Omit<RestorePoint, 'id'>[]): RestorePoint[] {
  const ways = [shortId, datedId, (point: Omit<RestorePoint, 'id'>) => basename(point.path)]
  return points.map((point) => {
    const way = ways.find((one) => points.filter((other) => one(other) === one(point)).length === 1)
    return { ...point, id: way?.(point) ?? basename(point.path) }
  })
}

function shortId(point: Omit<RestorePoint, 'id'>): string {
  const stem = basename(point.path).replace(ENDINGS, '')
  return /^[a-z0-9][a-z0-9._-]{0,11}$/i.test(stem) ? stem : `d-${digits(point).slice(8, 12)}`
}

function datedId(point: Omit<RestorePoint, 'id'>): string {
  return `d-${digits(point).slice(0, 8)}-${digits(point).slice(8, 14)}`
}

/** 20261122013000 */
function digits(point: Omit<RestorePoint, 'id'>): string {
  return point.takenAt.replace(/\D/g, '')
}
