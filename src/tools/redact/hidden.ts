/** What stands for a credential. */
export const hidden = '***'

/** The same for one of several lines, so that lines keep their numbers. */
export function hide(secret: string): string {
  return hidden + `\n${hidden}`.repeat(secret.split('\n').length - 1)
}
