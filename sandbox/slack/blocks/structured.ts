import { anyText, imageElement, plainText } from './compositions.ts'
import { button } from './elements.ts'
import { richText } from './rich-text.ts'
import { address, both, byType, type Check, fields, flag, holds, isObject, list, number, oneOf, text } from './shape.ts'
import { actions, cardText, context, divider, header, image, input, section, video } from './simple.ts'

const id = { block_id: text(255) }

const cell = byType(() => ({
  raw_text: fields({ type: oneOf('raw_text'), text: text(3000) }),
  raw_number: fields({
    type: oneOf('raw_number'),
    text: text(3000),
    value: number(-Number.MAX_VALUE, Number.MAX_VALUE),
  }),
  rich_text: richText,
}))

const sameWidth = holds((value) => {
  const widths = Array.isArray(value.rows) ? value.rows.map((row) => (Array.isArray(row) ? row.length : -1)) : []
  return new Set(widths).size <= 1
}, 'all rows must have the same number of cells')

/** A table: 100 rows by 20 cells. */
export const table: Check = both(
  fields(
    { type: oneOf('table'), rows: list(list(cell, 20), 100) },
    { ...id, column_settings: list(fields({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }), 20) },
  ),
  sameWidth,
)

/** A sortable table: header and up to 100 rows by 20 cells; the header is not rich text. */
export const dataTable: Check = both(
  fields(
    { type: oneOf('data_table'), caption: text(3000), rows: list(list(cell, 20), 101, 2) },
    { ...id, page_size: number(1, 100), row_header_column_index: number(0, 19) },
  ),
  sameWidth,
  holds((value) => {
    const first: unknown = Array.isArray(value.rows) ? value.rows[0] : undefined
    return !Array.isArray(first) || first.every((one) => isObject(one) && one.type !== 'rich_text')
  }, 'header cells must not be rich_text'),
)

/** One task with its state; `complete`, not `completed`. */
export const taskCard: Check = fields(
  {
    type: oneOf('task_card'),
    task_id: text(255),
    title: text(256),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  {
    ...id,
    details: richText,
    output: richText,
    sources: list(fields({ type: oneOf('url'), url: address(), text: text(3000) }), 100, 0),
  },
)

/** A plan: a title and its tasks. */
export const plan: Check = fields({ type: oneOf('plan'), title: text(256) }, { ...id, tasks: list(taskCard, 50, 0) })

/** A card: texts, an image and up to 3 buttons. */
export const card: Check = fields(
  { type: oneOf('card') },
  { ...id, ...cardText, hero_image: imageElement, icon: imageElement, actions: list(button, 3) },
)

/** Up to 10 cards side by side. */
export const carousel: Check = fields({ type: oneOf('carousel'), elements: list(card, 10) }, id)

/** A box around up to 10 blocks; markdown is not among them. */
export const container: Check = both(
  fields(
    {
      type: oneOf('container'),
      child_blocks: list(
        byType(() => ({ actions, context, divider, header, image, input, rich_text: richText, section, table, video })),
        10,
      ),
    },
    {
      ...id,
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: imageElement,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
  ),
  holds((value) => value.title !== undefined || value.rich_text_title !== undefined, 'missing required field: title'),
)
