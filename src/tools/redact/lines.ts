/** Lines of which the last are looked at again with each that comes: a key or a row is told by its first. */
const mostLines = 40
/** And most characters of them. */
const longestContext = 8_000

/** A line that begins something new, by its time: none before it says what it is. */
const begins = /^\[?(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:)/

/**
 * Redacts lines of one stream as they come, each with those before it that it may belong to. What only a later line
 * would show to be data, it cannot know: who has the whole text gives the whole to the redactor.
 */
export function createLineRedactor(redact: (text: string) => string): (line: string) => string {
  let context: string[] = []
  let length = 0
  return (line) => {
    if (begins.test(line)) [context, length] = [[], 0]
    context.push(line)
    length += line.length
    while (context.length > 1 && (context.length > mostLines || length > longestContext))
      length -= context.shift()?.length ?? 0
    return redact(context.join('\n')).split('\n').at(-1) ?? ''
  }
}
