import './avatar.css'

const COLOURS = 8

/** Somebody's face: initials on a colour of their own. Names beside it say who, so it is silent. */
export function Avatar({
  name,
  id,
  size = 36,
}: {
  readonly name: string
  readonly id: string
  readonly size?: 20 | 24 | 36
}) {
  return (
    <span className={`avatar avatar-${size} avatar-colour-${pickColour(id)}`} aria-hidden="true">
      {name.slice(0, size === 36 ? 2 : 1)}
    </span>
  )
}

/** The app's face: a lifebuoy. */
export function BotLogo({ size = 36 }: { readonly size?: 20 | 24 | 36 }) {
  return (
    <span className={`avatar avatar-${size} avatar-bot`} aria-hidden="true">
      <svg viewBox="0 0 36 36" focusable="false" aria-hidden="true">
        <circle cx="18" cy="18" r="9" fill="none" stroke="#fff" strokeWidth="6.4" />
        <circle
          cx="18"
          cy="18"
          r="9"
          fill="none"
          stroke="#f26b4e"
          strokeWidth="6.4"
          strokeDasharray="7.07 7.07"
          transform="rotate(-22.5 18 18)"
        />
        <circle cx="18" cy="18" r="12.2" fill="none" stroke="#06362b" strokeOpacity="0.35" strokeWidth="0.8" />
        <circle cx="18" cy="18" r="5.8" fill="none" stroke="#06362b" strokeOpacity="0.35" strokeWidth="0.8" />
      </svg>
    </span>
  )
}

function pickColour(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973
  return sum % COLOURS
}
