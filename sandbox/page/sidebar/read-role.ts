/** What stands in brackets behind a name, such as `DBA`; '' where nothing does. */
export function readRole(realName: string): string {
  return /\(([^)]+)\)\s*$/.exec(realName)?.[1] ?? ''
}
