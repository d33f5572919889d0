/** The role that an address of PostgreSQL logs in as. */
export function roleOfUrl(url: string): string {
  return decodeURIComponent(new URL(url).username)
}
