import { adviseOn, nameLabel } from './log-advice.ts'
import type { LogAnalysis, LogCause, LogGroup } from './log-analysis.ts'
import type { LogRemedy } from './log-findings.ts'
import { plainText } from './text.ts'

/** An analysis as a Markdown file: all that is kept of it. */
export function writeLogDocument(analysis: LogAnalysis, remedies: readonly LogRemedy[]): string {
  const { log, root, others, groups, moreGroups, consequences, tables, notes } = analysis
  const sections: (readonly string[])[] = [
    [`# Log ${writeCell(log)}`, '', ...listFrame(analysis)],
    root === null
      ? ['## What failed first', '', 'Nothing in it looks like a failure.']
      : writeCause('## What failed first', root),
    ...(root === null ? [] : [['## Next', '', adviseOn(root.label), '', ...remedies.map(sayRemedy)]]),
    ...others.map((other, index) => writeCause(`## Another failure (${index + 1})`, other)),
    [
      '## Consequences',
      '',
      `${consequences.events} events in ${consequences.groups} groups followed from failures before them.`,
    ],
    ['## Groups', '', ...writeGroups(groups), ...(moreGroups > 0 ? ['', `and ${moreGroups} more groups`] : [])],
    [
      '## Tables',
      '',
      ...list(
        Object.entries(tables).map(([table, count]) => `${writeCell(table)}: ${count}`),
        'None is named.',
      ),
    ],
    ['## Notes', '', ...list(notes.map(writeCell), 'None.')],
  ]
  return `${sections.map((lines) => lines.join('\n').trimEnd()).join('\n\n')}\n`
}

function listFrame({ sources, lines, bytes, since, until, levels }: LogAnalysis): string[] {
  const span =
    since === null && until === null ? 'all of it' : `from ${since ?? 'its beginning'} to ${until ?? 'its end'}`
  return [
    `- Read: ${sources.map(writeCell).join(', ')} (${span}), ${lines} lines, ${bytes} bytes`,
    `- Levels: ${levels.fatal} fatal, ${levels.error} errors, ${levels.warn} warnings`,
    '- Secrets and data of rows are taken out: a tag such as ‹email 3f2a› stands for the same value everywhere.',
  ]
}

function writeCause(title: string, cause: LogCause): string[] {
  const places = Object.entries(cause.place).filter(([, value]) => value !== null)
  return [
    title,
    '',
    writeCell(cause.words),
    '',
    `- Where: ${writeCell(cause.spot.file)} line ${cause.spot.line}${cause.at === null ? '' : `, ${writeCell(cause.at)}`}`,
    `- Class: ${nameLabel(cause.label)}`,
    ...(cause.code === null ? [] : [`- Code: ${writeCell([cause.code, cause.codeName ?? ''].join(' ').trim())}`]),
    ...places.map(
      ([name, value]) => `- ${name === 'inputLine' ? 'Line of the input' : name}: ${writeCell(String(value))}`,
    ),
    ...(cause.certain ? [] : ['- The cause itself is not in this log.']),
    '',
    ...fence(cause.excerpt),
  ]
}

function writeGroups(groups: readonly LogGroup[]): string[] {
  if (groups.length === 0) return ['None.']
  const rows = groups.map((group) => {
    const { count, template, label, code, level, consequence, first, last, firstAt, lastAt } = group
    const kind = `${nameLabel(label)}${consequence ? ', consequence' : ''}`
    const cells = [
      count,
      level,
      kind,
      code ?? '',
      firstAt ?? `line ${first.line}`,
      lastAt ?? `line ${last.line}`,
      template,
    ]
    return `| ${cells.map((cell) => writeCell(String(cell))).join(' | ')} |`
  })
  return [
    '| Count | Level | Class | Code | First | Last | Wording |',
    '| ---: | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ]
}

function sayRemedy({ system, remedy, matched }: LogRemedy): string {
  return `- \`fix ${system} ${remedy}\` matches ${writeCell(matched)}`
}

function list(lines: readonly string[], none: string): string[] {
  return lines.length === 0 ? [none] : lines.map((line) => `- ${line}`)
}

/** A fence that nothing in the excerpt can close. */
function fence(lines: readonly string[]): string[] {
  const text = plainText(lines.join('\n'))
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const marks = '`'.repeat(longest + 1)
  return [`${marks}text`, text, marks]
}

function writeCell(text: string): string {
  return plainText(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#~]/g, '\\$&')
}
