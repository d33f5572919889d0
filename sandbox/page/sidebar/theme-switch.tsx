import { useShell } from '../shell-context.ts'

const choices = [
  ['auto', 'Auto'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const

/** Light, dark, or as the system prefers. */
export function ThemeSwitch() {
  const { themeChoice, chooseTheme } = useShell()
  return (
    <fieldset className="theme-switch">
      <legend className="sr-only">Colours</legend>
      {choices.map(([choice, words]) => (
        <label key={choice} className="theme-choice">
          <input
            type="radio"
            name="theme"
            className="sr-only"
            checked={themeChoice === choice}
            onChange={() => chooseTheme(choice)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}
