import type { FileInput } from '@slack/types'
import type { ElementUse } from '../use-element.ts'

/** Files to hand in; only their names are held, the local Slack takes no files of people. */
export function FileInputElement({
  element,
  use,
  id,
  label,
  describedBy,
}: {
  readonly element: FileInput
  readonly use: ElementUse
  readonly id?: string | undefined
  readonly label: string
  readonly describedBy?: string | undefined
}) {
  return (
    <input
      className="field"
      type="file"
      id={id}
      aria-label={id ? undefined : label}
      aria-describedby={describedBy}
      multiple={element.max_files !== 1}
      accept={element.filetypes?.map((type) => `.${type}`).join(',')}
      onChange={(event) =>
        use.hold({ files: [...(event.target.files ?? [])].slice(0, element.max_files ?? 10).map(({ name }) => name) })
      }
    />
  )
}
