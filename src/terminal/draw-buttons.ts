import type { ButtonVerb, CardButton } from '../domain/card.ts'
import { shortCode } from '../domain/digest.ts'
import { wholeCode } from '../domain/whole-commands.ts'
import type { Look } from './draw-row.ts'
import { measure, wrap } from './measure.ts'
import { disarm } from './write-text.ts'

/**
 * Buttons as the commands that do the same. What decides carries the short code of exactly what the card shows.
 * Details have no command of their own: a terminal has the room to show them at once.
 */
export function drawButtons(buttons: readonly CardButton[], look: Look): string[] {
  const typed = buttons.filter(({ verb }) => verb !== 'Details')
  const names = typed.map(({ verb, rest }) => disarm(`${verb} ${rest}`.trim()))
  const widest = Math.max(0, ...names.map(measure))
  return typed.flatMap((button, index) => {
    const name = names[index] ?? ''
    const padded = `${name}${' '.repeat(widest - measure(name))}`
    const words = `salvor ${writeCommand(button)}`
    if (measure(padded) + measure(words) + 6 <= look.width) {
      return [`  ${look.paint('dim', '›')} ${padded}  ${look.paint('cyan', words)}`]
    }
    const lines = [...wrap(name, look.width - 4), ...wrap(words, look.width - 4)]
    return lines.map((line, at) => (at === 0 ? `  ${look.paint('dim', '›')} ${line}` : `    ${line}`))
  })
}

/** What Slack asks for in a modal, a person adds to the command. */
const stillToType: { readonly [V in ButtonVerb]?: string } = { Reject: ' --reason …', Done: ' …' }

function writeCommand(button: CardButton): string {
  const command = disarm(button.command)
  const { verb, approval, asks } = button
  const isWhole = verb === 'Approve' && (asks === 'whole' || asks === 'whole and code')
  const code = approval ? ` ${isWhole ? wholeCode(approval.digest) : shortCode(approval.digest)}` : ''
  // Behind the job, before any flag: what comes last there, a reason takes for its own.
  const [, order = command, flags = ''] = /^(\S+ \S+)(.*)$/s.exec(command) ?? []
  return `${order}${code}${flags}${stillToType[button.verb] ?? ''}`
}
