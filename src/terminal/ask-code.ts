import type { ReadStream } from 'node:tty'

type Input = Pick<ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'resume' | 'pause'>

/**
 * Asks a person for a code without showing what they type. Null where no terminal is there to ask, and when they
 * press Ctrl-C, Ctrl-D or nothing but Enter.
 */
export function askCode(prompt: string, input: Input, write: (text: string) => void): Promise<string | null> {
  if (!input.isTTY) return Promise.resolve(null)
  // First of all, so that nothing is shown even of what is typed at once.
  input.setRawMode(true)
  input.resume()
  write(prompt)
  return new Promise((resolve) => {
    let typed = ''
    const end = (answer: string | null) => {
      input.off('data', take)
      input.setRawMode(false)
      input.pause()
      write('\n')
      resolve(answer)
    }
    const take = (chunk: Buffer | string) => {
      for (const key of chunk.toString()) {
        if (key === '\u0003' || key === '\u0004') return end(null)
        if (key === '\r' || key === '\n') return end(typed === '' ? null : typed)
        if (key === '\u007f' || key === '\b') typed = typed.slice(0, -1)
        else if (/\d/.test(key)) typed += key
      }
    }
    input.on('data', take)
  })
}
