/**
 * The new value, with every part that equals the same part of the old one taken from the old one: what did not change
 * stays the same object, so that its component is not drawn again. List entries with a `ts` or `id` are matched by it.
 */
export function shareUnchanged<Value>(old: unknown, fresh: Value): Value {
  return share(old, fresh) as Value
}

function share(old: unknown, fresh: unknown): unknown {
  if (Object.is(old, fresh)) return old
  if (Array.isArray(old) && Array.isArray(fresh)) return shareList(old, fresh)
  if (!isRecord(old) || !isRecord(fresh)) return fresh
  const names = Object.keys(fresh)
  const shared = names.map((name) => [name, share(old[name], fresh[name])] as const)
  const same = names.length === Object.keys(old).length && shared.every(([name, value]) => value === old[name])
  return same ? old : Object.fromEntries(shared)
}

function shareList(old: readonly unknown[], fresh: readonly unknown[]): unknown {
  const byKey = new Map(old.map((one, index) => [keyOf(one) ?? index, one]))
  const shared = fresh.map((one, index) => share(byKey.get(keyOf(one) ?? index), one))
  return shared.length === old.length && shared.every((one, index) => one === old[index]) ? old : shared
}

function keyOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined
  const key = value.ts ?? value.id
  return typeof key === 'string' ? key : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
