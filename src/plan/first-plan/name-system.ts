/** A name as the plan allows it (small letters, digits, dashes) from one that a server or a person chose. */
export function nameSystem(name: string, ending = ''): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\.service$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  // Bare digits and a few words would be numbers and truths in YAML.
  const isWord = /^[a-z]/.test(plain) && !/^(true|false|null|yes|no|on|off|y|n)$/.test(plain)
  const base = (isWord ? plain : `system-${plain}`).slice(0, 36).replace(/-+$/, '')
  if (ending === '' || base.endsWith(`-${ending}`)) return base
  return `${base}-${ending}`
}

/** The variable that holds a system's address. */
export function variableOf(system: string): string {
  return `${system.replaceAll('-', '_').toUpperCase()}_URL`
}
