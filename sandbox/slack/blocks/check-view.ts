import { checkBlocks } from './check.ts'
import { plainText } from './compositions.ts'
import { anything, type Check, fields, flag, isObject, oneOf, type Problem, text } from './shape.ts'

const shared = {
  callback_id: text(255, 0),
  private_metadata: text(3000, 0),
  external_id: text(255, 0),
}
const modal = fields(
  { type: oneOf('modal'), title: plainText(24), blocks: anything },
  {
    ...shared,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
)
const home: Check = fields({ type: oneOf('home'), blocks: anything }, shared)

/** Everything Slack would refuse about a modal or a Home tab; texts of 24 characters, 3,000 of private metadata. */
export function checkView(view: unknown, type: 'modal' | 'home'): readonly Problem[] {
  const problems = (type === 'modal' ? modal : home)(view, '/view')
  if (!isObject(view)) return problems
  const inside = checkBlocks(view.blocks, 'view').map((one) => ({ ...one, pointer: `/view${one.pointer}` }))
  const needsSubmit =
    type === 'modal' &&
    view.submit === undefined &&
    Array.isArray(view.blocks) &&
    view.blocks.some((block) => isObject(block) && block.type === 'input')
  const missing = needsSubmit ? [{ message: 'missing required field: submit', pointer: '/view' }] : []
  return [...problems, ...inside, ...missing]
}
