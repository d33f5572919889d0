import { finding } from '../../../src/domain/finding-texts.ts'
import { defineStep } from '../../../src/engine/define-step.ts'
import { chooseOutput, compareOutput, type VerifyParams } from '../params.ts'
import { sideOf } from '../reference.ts'

/** Keys that are named of one table: enough to look into it, and no row data. */
const MOST_KEYS = 10

/** Names rows that differ by primary key, where the other side can still be asked. */
export const narrow = defineStep<VerifyParams>({
  name: 'narrow',
  title: 'narrow down',
  risk: 'read',
  where: 'worker',
  sessionsOn: ({ system }) => system,
  async run(context) {
    const { reference } = chooseOutput.parse(context.outputOf('choose'))
    const { differing, notComparable } = compareOutput.parse(context.outputOf('compare'))
    const tables = [...differing, ...notComparable]
      .filter((each) => each.subject === 'table' && each.verdict !== 'missing' && each.verdict !== 'extra')
      .map((each) => each.name)
    if (tables.length === 0) return { tables: [], why: null }
    const right = sideOf(context, reference)
    if (right === null) {
      return { tables: [], why: finding('keys_manifest') }
    }
    const left = { target: context.target(context.params.system) }
    const { signal } = context
    const narrowed = await context.tools.content.narrow({ left, right, tables, limit: MOST_KEYS, signal })
    return { tables: narrowed.map((each) => ({ ...each, keys: [...each.keys] })), why: null }
  },
})
