import { richText } from './rich-text.ts'
import { byType, type Check, isObject, type Problem } from './shape.ts'
import * as simple from './simple.ts'
import * as structured from './structured.ts'

const everywhere: Record<string, Check> = {
  section: simple.section,
  header: simple.header,
  context: simple.context,
  actions: simple.actions,
  divider: simple.divider,
  image: simple.image,
  input: simple.input,
  video: simple.video,
  rich_text: richText,
  alert: simple.alert,
}
const inMessages: Record<string, Check> = {
  ...everywhere,
  markdown: simple.markdown,
  context_actions: simple.contextActions,
  table: structured.table,
  data_table: structured.dataTable,
  task_card: structured.taskCard,
  plan: structured.plan,
  card: structured.card,
  carousel: structured.carousel,
  container: structured.container,
}

/**
 * Everything Slack would refuse about blocks of a message (50) or of a modal or Home tab (100).
 * Sizes: @slack/types 3.2.0 and the documentation of Block Kit.
 */
export function checkBlocks(blocks: unknown, surface: 'message' | 'view'): readonly Problem[] {
  const most = surface === 'message' ? 50 : 100
  if (!Array.isArray(blocks)) return [{ message: 'must be an array', pointer: '/blocks' }]
  if (blocks.length > most) return [{ message: `no more than ${most} items allowed`, pointer: '/blocks' }]
  const known = surface === 'message' ? inMessages : everywhere
  const problems = blocks.flatMap((block, index) => byType(() => known)(block, `/blocks/${index}`))
  return problems.length > 0 ? problems : checkTogether(blocks)
}

/** Slack's answer to refused blocks: `errors` and `response_metadata.messages` in its own wording. */
export function describeProblems(problems: readonly Problem[]) {
  const errors = problems.map((one) => `${one.message} [json-pointer:${one.pointer}]`)
  return { errors, response_metadata: { messages: errors.map((one) => `[ERROR] ${one}`) } }
}

function checkTogether(blocks: readonly unknown[]): readonly Problem[] {
  const types = blocks.map((block) => (isObject(block) ? block.type : ''))
  const problems: Problem[] = [...findRepeated(blocks, 'block_id'), ...findRepeated(blocks, 'action_id')]
  const refuse = (message: string) => problems.push({ message, pointer: '/blocks' })
  if (types.filter((type) => type === 'table').length > 1) refuse('only_one_table_allowed')
  if (types.includes('plan') && types.includes('task_card')) refuse('plan and task_card cannot be in one message')
  if (sumTexts(blocks.filter((one) => isObject(one) && one.type === 'markdown')) > 12_000)
    refuse('markdown text must be less than 12001 characters in total')
  if (sumTexts(blocks.filter((one) => isObject(one) && one.type === 'table')) > 10_000)
    refuse('table text must be less than 10001 characters in total')
  if (sumTexts(blocks.filter((one) => isObject(one) && one.type === 'data_table')) > 20_000)
    refuse('data_table text must be less than 20001 characters in total')
  return problems
}

function findRepeated(blocks: readonly unknown[], name: 'block_id' | 'action_id'): Problem[] {
  const seen = new Set<unknown>()
  const problems: Problem[] = []
  walk(blocks, '/blocks', (value, pointer) => {
    const id = value[name]
    if (id === undefined) return
    if (seen.has(id))
      problems.push({ message: `\`${name}\` ${String(id)} already exists`, pointer: `${pointer}/${name}` })
    seen.add(id)
  })
  return problems
}

function sumTexts(blocks: readonly unknown[]): number {
  let sum = 0
  walk(blocks, '', (value) => {
    if (typeof value.text === 'string') sum += value.text.length
  })
  return sum
}

function walk(value: unknown, pointer: string, visit: (value: Record<string, unknown>, pointer: string) => void): void {
  if (Array.isArray(value)) for (const [index, one] of value.entries()) walk(one, `${pointer}/${index}`, visit)
  if (!isObject(value)) return
  visit(value, pointer)
  for (const [name, one] of Object.entries(value)) if (typeof one === 'object') walk(one, `${pointer}/${name}`, visit)
}
