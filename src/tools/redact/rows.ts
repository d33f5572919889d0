import { hideBinds } from './binds.ts'
import { hideEndingQuotes } from './ends-in-quote.ts'
import { hideFieldRuns } from './field-runs.ts'
import { hideFragments, hideRowLines } from './fragments.ts'
import { hideNamedPersons } from './named-persons.ts'
import { hidePrintedRows } from './printed-rows.ts'
import { hideQuotedValues } from './quoted-values.ts'
import { hideRecords } from './records.ts'
import { hideShellRows } from './shell/shell-output.ts'
import { hideStatements } from './statements.ts'
import type { Tag } from './tag.ts'
import { hideTaggedRows } from './tagged-rows.ts'
import { hideToolRows } from './tool-rows.ts'

/**
 * Replaces row data by tags: what tools print as data or statement is found by its form. What says most of where the
 * data ends goes first.
 */
export function hideRowData(text: string, tag: Tag): string {
  return [
    ...[hideShellRows, hideFragments, hideBinds, hideQuotedValues, hideStatements, hideRecords, hideToolRows],
    ...[hideRowLines, hidePrintedRows, hideEndingQuotes, hideNamedPersons, hideFieldRuns, hideTaggedRows],
  ].reduce((so, hide) => hide(so, tag), text)
}
