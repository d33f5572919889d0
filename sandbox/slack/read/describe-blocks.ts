import { isObject } from '../blocks/shape.ts'
import type { Block } from '../workspace.ts'

/** Blocks as plain lines: what a person would read, buttons in brackets. */
export function describeBlocks(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => describeBlock(block)).filter((line) => line !== '')
}

/** One text, element or rich text as words. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(describeValue).join('')
  if (!isObject(value)) return ''
  const { type } = value
  if (type === 'button' || type === 'icon_button') return `[${describeValue(value.text)}]`
  if (type === 'image') return `(${describeValue(value.alt_text)})`
  if (type === 'user') return `<@${String(value.user_id)}>`
  if (type === 'usergroup') return `<!subteam^${String(value.usergroup_id)}>`
  if (type === 'channel') return `<#${String(value.channel_id)}>`
  if (type === 'emoji') return `:${String(value.name)}:`
  if (type === 'date') return describeValue(value.fallback)
  if (type === 'link') return describeValue(value.text ?? value.url)
  if (type === 'rich_text_list' && Array.isArray(value.elements))
    return value.elements.map((one) => `\n• ${describeValue(one)}`).join('')
  if (value.elements !== undefined) return describeValue(value.elements)
  if (Array.isArray(value.options)) return `{${value.options.map((one) => describeValue(one)).join(' / ')}}`
  return describeValue(value.text ?? value.placeholder ?? '')
}

const taskMarks: Record<string, string> = { pending: '○', in_progress: '●', complete: '✔', error: '✖' }

function describeBlock(block: Block): string[] {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
  switch (block.type) {
    case 'divider':
      return ['──────────']
    case 'section':
      return [block.text, ...list(block.fields), block.accessory].map(describeValue).flatMap((one) => one.split('\n'))
    case 'context':
    case 'actions':
    case 'context_actions':
      return [list(block.elements).map(describeValue).join('  ')]
    case 'plan':
      return [
        describeValue(block.title),
        ...list(block.tasks).flatMap((task) => (isObject(task) ? describeTask(task) : [])),
      ]
    case 'task_card':
      return describeTask(block)
    case 'table':
    case 'data_table':
      return list(block.rows).map((row) => list(row).map(describeValue).join(' | '))
    case 'container':
      return [
        describeValue(block.title ?? block.rich_text_title),
        ...describeBlocks(list(block.child_blocks) as Block[]),
      ]
    case 'input':
      return [`${describeValue(block.label)}: ______`]
    case 'card':
      return [block.title, block.subtitle, block.body, list(block.actions)].map(describeValue)
    case 'carousel':
      return describeBlocks(list(block.elements) as Block[])
    default:
      return describeValue(block.text ?? block.title ?? block.elements ?? block.alt_text ?? '').split('\n')
  }
}

function describeTask(task: Record<string, unknown>): string[] {
  const mark = taskMarks[String(task.status)] ?? '?'
  const more = [task.details, task.output].map(describeValue).filter((one) => one !== '')
  return [`${mark} ${describeValue(task.title)}${more.length > 0 ? ` · ${more.join(' · ')}` : ''}`]
}
