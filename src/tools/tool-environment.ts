/** What a tool gets of our environment. Everything else (tokens, addresses with passwords) stays here. */
const kept = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'XDG_RUNTIME_DIR', 'SSH_AUTH_SOCK']

/**
 * The environment of a tool: a few names of ours, those that SALVOR_TOOL_ENV lists (separated by commas, for what a
 * site's own tools need), and what the caller adds. `own` is our environment.
 */
export function makeToolEnvironment(
  own: NodeJS.ProcessEnv,
  added: { readonly [name: string]: string } = {},
): { readonly PATH: string; readonly [name: string]: string } {
  const names = [...kept, ...(own.SALVOR_TOOL_ENV ?? '').split(',').map((name) => name.trim())]
  const taken = names.flatMap((name): [string, string][] => {
    const value = own[name]
    return value === undefined ? [] : [[name, value]]
  })
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', ...Object.fromEntries(taken), ...added }
}
