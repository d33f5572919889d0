import type { Button, FeedbackButtons, IconButton, WorkflowButton } from '@slack/types'
import { usePage } from '../../page-context.ts'
import { Text } from '../mrkdwn.tsx'
import { type ElementPlace, type ElementUse, useElement } from '../use-element.ts'

/** A button; while the app has not answered it cannot be pressed again, and keeps the focus. */
export function ButtonElement({ element, place }: { readonly element: Button; readonly place: ElementPlace }) {
  const use = useElement(element, place)
  const press = () => {
    if (use.pending) return
    use.press({})
  }
  return (
    <Pressable use={use} look={element.style ?? ''} label={element.accessibility_label} onPress={press}>
      <Text of={element.text} />
    </Pressable>
  )
}

/** A button that would start a workflow of Slack's own: there are none here. */
export function WorkflowButtonElement({ element }: { readonly element: WorkflowButton }) {
  return (
    <button
      type="button"
      className={`press ${element.style ?? ''}`}
      disabled
      title="Workflows run only in Slack itself"
    >
      <Text of={element.text} />
    </button>
  )
}

/** The icons that Slack has for icon buttons. */
const icons: Readonly<Record<string, string>> = { trash: '🗑️' }

export function IconButtonElement({ element, place }: { readonly element: IconButton; readonly place: ElementPlace }) {
  const { state } = usePage()
  const use = useElement(element, place)
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(state.person)) return null
  const label = element.accessibility_label ?? element.text.text
  return (
    <Pressable use={use} look="icon" label={label} title={element.text.text} onPress={() => use.press({})}>
      {icons[element.icon] ?? <Text of={element.text} />}
    </Pressable>
  )
}

/** A pair of judgements; which one was chosen stays visible. */
export function FeedbackElement({
  element,
  place,
}: {
  readonly element: FeedbackButtons
  readonly place: ElementPlace
}) {
  const use = useElement(element, place)
  const choices = [
    { of: element.positive_button, sign: '👍' },
    { of: element.negative_button, sign: '👎' },
  ]
  return (
    <span className="feedback">
      {choices.map(({ of, sign }) => (
        <Pressable
          key={sign}
          use={{ ...use, failure: undefined }}
          look="icon"
          label={of.accessibility_label ?? of.text.text}
          title={of.text.text}
          pressed={use.held.value === of.value}
          onPress={() => use.hold({ value: of.value })}
        >
          {sign}
        </Pressable>
      ))}
      <Failure text={use.failure} />
    </span>
  )
}

function Pressable({
  use,
  look,
  label,
  title,
  pressed,
  onPress,
  children,
}: {
  readonly use: ElementUse
  readonly look: string
  readonly label?: string | undefined
  readonly title?: string
  readonly pressed?: boolean
  readonly onPress: () => void
  readonly children: React.ReactNode
}) {
  return (
    <span className="press-box">
      <button
        type="button"
        className={`press ${look}`}
        aria-label={label}
        title={title}
        aria-pressed={pressed}
        aria-busy={use.pending || undefined}
        aria-disabled={use.pending || undefined}
        onClick={onPress}
      >
        <span className="press-words">{children}</span>
        {use.pending ? <span className="spinner" /> : null}
      </button>
      <Failure text={use.failure} />
    </span>
  )
}

/** What went wrong, below the element that was used. */
export function Failure({ text }: { readonly text: string | undefined }) {
  return text ? (
    <span className="failure" role="alert">
      {text}
    </span>
  ) : null
}
