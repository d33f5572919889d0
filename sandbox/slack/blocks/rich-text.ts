import { address, anything, byType, type Check, fields, flag, list, number, oneOf, text } from './shape.ts'

const style = {
  style: fields(
    {},
    {
      bold: flag,
      italic: flag,
      strike: flag,
      code: flag,
      underline: flag,
      highlight: flag,
      client_highlight: flag,
      unlink: flag,
    },
  ),
}
const kind = { type: text(255) }
const border = { border: number(0, 1) }

const inline: Record<string, Check> = {
  text: fields({ ...kind, text: text(40_000) }, style),
  link: fields({ ...kind, url: address() }, { ...style, text: text(40_000), unsafe: flag }),
  user: fields({ ...kind, user_id: text(255) }, style),
  usergroup: fields({ ...kind, usergroup_id: text(255) }, style),
  channel: fields({ ...kind, channel_id: text(255) }, style),
  team: fields({ ...kind, team_id: text(255) }, style),
  broadcast: fields({ ...kind, range: oneOf('here', 'channel', 'everyone') }, style),
  emoji: fields({ ...kind, name: text(255) }, { ...style, unicode: text(255), url: address() }),
  color: fields({ ...kind, value: text(255) }, style),
  date: fields(
    { ...kind, timestamp: number(0, 99_999_999_999), format: text(255) },
    { ...style, url: address(), fallback: text(3000) },
  ),
}

const anyInline = byType(() => inline)
const section = fields({ ...kind, elements: list(anyInline, 1000, 0) })
const preformattedInline = byType(() => ({ text: inline.text ?? anything, link: inline.link ?? anything }))

/** A rich_text block, also used inside tables, task cards and containers. */
export const richText: Check = fields(
  {
    type: oneOf('rich_text'),
    elements: list(
      byType(() => ({
        rich_text_section: section,
        rich_text_list: fields(
          {
            ...kind,
            style: oneOf('bullet', 'ordered'),
            elements: list(
              byType(() => ({ rich_text_section: section })),
              1000,
            ),
          },
          { ...border, indent: number(0, 8), offset: number(0, 10_000) },
        ),
        rich_text_quote: fields({ ...kind, elements: list(anyInline, 1000, 0) }, border),
        rich_text_preformatted: fields(
          { ...kind, elements: list(preformattedInline, 1000, 0) },
          { ...border, language: text(255) },
        ),
      })),
      1000,
      0,
    ),
  },
  { block_id: text(255) },
)
