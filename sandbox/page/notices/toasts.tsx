import { CloseIcon } from '../messages/icons.tsx'
import type { Place } from '../page-context.ts'
import type { Toast } from './use-toasts.ts'

/** The toasts in a corner, the newest at the bottom. */
export function Toasts(props: {
  readonly toasts: readonly Toast[]
  readonly onDismiss: (key: string) => void
  readonly onGo: (change: Partial<Place>) => void
}) {
  return (
    <div className="toasts" role="status">
      {props.toasts.map(({ key, kind, title, text, go }) => (
        <div key={key} className="toast" data-kind={kind}>
          <span className="toast-sign" aria-hidden="true">
            {kind === 'slack' ? '⚠️' : '🔔'}
          </span>
          <div className="toast-words">
            <b>{title}</b>
            <p>{text}</p>
            {go ? (
              <button
                type="button"
                className="plain-button"
                onClick={() => {
                  props.onGo(go)
                  props.onDismiss(key)
                }}
              >
                Go there
              </button>
            ) : null}
          </div>
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => props.onDismiss(key)}>
            <CloseIcon />
          </button>
        </div>
      ))}
    </div>
  )
}
