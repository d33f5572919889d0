import { type Format, makeLine } from './format.ts'
import { readObject } from './json-lines.ts'

const result =
  /^(?<level>fatal|failed): \[(?<source>[^\]]{1,120})\](?:: (?:FAILED|UNREACHABLE)!| \(item=.{0,300}?\))? => (?<fields>\{.*\})\s*$/s
/** Says only that the program said something. */
const empty = /^(?:non-zero return code|MODULE FAILURE|All items completed|One or more items failed)/

/** What a task of Ansible gave back, `fatal: [host]: FAILED! => {…}`: told by what the program said that it ran. */
export const ansible: Format = {
  name: 'ansible',
  parse(line) {
    const groups = result.exec(line)?.groups
    if (!groups) return null
    const { level, source, fields = '' } = groups
    const given = readObject(fields)
    if (given === null) return null
    const texts = ['msg', 'stderr', 'module_stderr', 'stdout', 'module_stdout'].flatMap((name) => {
      const text = given[name]
      return typeof text === 'string' && !empty.test(text) ? text.split('\n') : []
    })
    const [first, ...rest] = [...new Set(texts.filter((text) => text.trim() !== ''))]
    return makeLine('ansible', first ?? String(given.msg ?? line), { level, source }, { also: rest.slice(0, 80) })
  },
}
