/** Reads `--name value` pairs; a name that is not in `known` is an error that says which there are. */
export function readFlags(words: readonly string[], known: readonly string[]): Readonly<Record<string, string>> {
  const flags: Record<string, string> = {}
  for (let at = 0; at < words.length; at += 2) {
    const name = words[at]?.replace(/^--/, '') ?? ''
    const value = words[at + 1]
    if (!words[at]?.startsWith('--') || !known.includes(name) || value === undefined)
      throw new Error(`I do not know "${words[at]}"; there are ${known.map((one) => `--${one} <value>`).join(', ')}.`)
    flags[name] = value
  }
  return flags
}

/** A whole number from 1 up. */
export function readCount(flags: Readonly<Record<string, string>>, name: string, otherwise: number): number {
  const text = flags[name]
  if (text === undefined) return otherwise
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new Error(`--${name} is a number from 1 up, not "${text}".`)
  return Number(text)
}

/** Bytes of `1GB`, `300MB`; powers of ten, as disks and clouds count. */
export function readSize(flags: Readonly<Record<string, string>>, otherwise: number): number {
  const text = flags.size
  if (text === undefined) return otherwise
  const [, number, unit] = /^(\d+(?:\.\d+)?)(MB|GB)$/i.exec(text) ?? []
  if (number === undefined) throw new Error(`--size is like 300MB or 1GB, not "${text}".`)
  return Number(number) * (unit?.toUpperCase() === 'GB' ? 1e9 : 1e6)
}
