import { expect, it } from 'vitest'
import { buildApprovalCard } from '../../src/domain/cards/approval-card.ts'
import { shortCode } from '../../src/domain/digest.ts'
import { approvalCode, needsWindow } from '../../src/domain/whole-commands.ts'
import { makeApproval, makeJob } from '../slack/support/world.ts'

const lines = (count: number, text = 'x') => Array.from({ length: count }, (_, at) => `${text}${at}`)
const subject = (does: string[], ownCommands?: true) => ({
  ...makeApproval().subject,
  does,
  ...(ownCommands ? { ownCommands } : {}),
})

it.each([
  ['six lines', lines(6), false],
  ['seven lines', lines(7), true],
  ['seven lines in one statement', [lines(7).join('\n')], true],
  ['seven lines behind other line ends', [lines(7).join('\u2028')], true],
  ['blank lines that push the last one away', [`a;${'\n'.repeat(6)}DROP TABLE orders`], true],
  ['80 characters', ['x'.repeat(80)], false],
  ['81 characters', ['x'.repeat(81)], true],
  ['blanks that push the end away', [`a;${' '.repeat(90)}DROP TABLE orders`], true],
  ['tabs that push the end away', [`a;${'\t'.repeat(10)}DROP TABLE orders`], true],
])('%s', (_what, does, window) => {
  expect(needsWindow({ does })).toBe(window)
  expect(needsWindow({ does, ownCommands: true })).toBe(false)
})

it('a card shows all of what fits, however much else it has to say, and asks for a window for the rest', () => {
  const draw = (does: string[], more = {}) =>
    buildApprovalCard(
      makeApproval({ subject: { ...subject(does), proven: 'p; '.repeat(2000), lost: 'l; '.repeat(2000) }, ...more }),
      makeJob({ state: 'awaiting_approval' }),
      [],
      new Date(),
    )
  const whole = lines(6, 'y'.repeat(70))
  expect(draw(whole).rows).toContainEqual({ kind: 'code', text: whole.join('\n'), whole: true })
  expect(draw(whole).buttons[0]).not.toHaveProperty('asks')
  const cut = draw(lines(7))
  expect(cut.buttons[0]).toMatchObject({ verb: 'Approve', asks: 'whole' })
  expect(cut.buttons[0]).not.toHaveProperty('confirm')
  expect(draw(lines(7), { secondFactor: 'totp' }).buttons[0]).toMatchObject({ asks: 'whole and code' })
  expect(draw(whole, { secondFactor: 'totp' }).buttons[0]).toMatchObject({ asks: 'code' })
})

it('the code that approves is the card’s only where the card shows all', () => {
  const { digest } = makeApproval()
  expect(approvalCode({ digest, subject: subject(lines(6)) })).toBe(shortCode(digest))
  expect(approvalCode({ digest, subject: subject(lines(7), true) })).toBe(shortCode(digest))
  const code = approvalCode({ digest, subject: subject(lines(7)) })
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
  expect(code).not.toBe(shortCode(digest))
})
