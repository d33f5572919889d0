/** The last line of what a tool printed, without what surrounds it; empty where it printed none. */
export function lastLine(text: string): string {
  return (
    text
      .trimEnd()
      .split(/\r\n|\n|\r/)
      .at(-1)
      ?.trim() ?? ''
  )
}
