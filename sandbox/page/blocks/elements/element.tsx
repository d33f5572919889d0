import type { InteractiveElement } from '../hold.ts'
import { Unsupported } from '../unsupported.tsx'
import { type ElementPlace, useElement } from '../use-element.ts'
import { ButtonElement, Failure, FeedbackElement, IconButtonElement, WorkflowButtonElement } from './button.tsx'
import { Control, isControl } from './control.tsx'
import { OverflowElement } from './overflow.tsx'

/** Any element of a message, Home tab or modal that reports to the app as soon as it is used. */
export function ElementView({
  element,
  place,
}: {
  readonly element: InteractiveElement
  readonly place: ElementPlace
}) {
  switch (element.type) {
    case 'button':
      return <ButtonElement element={element} place={place} />
    case 'workflow_button':
      return <WorkflowButtonElement element={element} />
    case 'icon_button':
      return <IconButtonElement element={element} place={place} />
    case 'feedback_buttons':
      return <FeedbackElement element={element} place={place} />
    case 'overflow':
      return <OverflowElement element={element} place={place} />
    default:
      return isControl(element) ? (
        <Reporting element={element} place={place} />
      ) : (
        <Unsupported type={(element as { type: string }).type} />
      )
  }
}

/** A control whose every change is reported. */
function Reporting({
  element,
  place,
}: {
  readonly element: Parameters<typeof Control>[0]['element']
  readonly place: ElementPlace
}) {
  const use = useElement(element, place)
  return (
    <span className="reporting">
      <Control element={element} use={use} label={labels[element.type] ?? 'Your answer'} />
      {use.pending ? <span className="spinner" /> : null}
      <Failure text={use.failure} />
    </span>
  )
}

const labels: Readonly<Record<string, string>> = {
  checkboxes: 'Options',
  radio_buttons: 'Options',
  datepicker: 'Date',
  timepicker: 'Time',
  datetimepicker: 'Date and time',
}
