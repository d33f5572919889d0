import { describe, expect, it } from 'vitest'
import { buildApprovalCard } from '../../../src/domain/cards/approval-card.ts'
import { buildHomeCard, type HomeState } from '../../../src/domain/cards/home-card.ts'
import { homeState, stranger } from '../../support/card-samples/home.ts'
import { incident, now } from '../../support/card-samples/world.ts'

const draw = (state: HomeState) => buildHomeCard(state, now).sections
const titles = (state: HomeState) => draw(state).map(({ title }) => title)
const cardsOf = (state: HomeState, title: string) => draw(state).find((one) => one.title === title)?.cards ?? []
const words = (state: HomeState, title: string) => JSON.stringify(cardsOf(state, title))
const nothing = { approvals: [], manuals: [], cases: [], questions: [], incidents: [] }

describe('a Home', () => {
  it('begins with what waits, and ends with how to begin', () => {
    expect(titles(homeState())).toEqual(['Waits for you', 'Open incidents', 'Who you are here', 'How to begin'])
  })

  it('carries the same buttons and digests as the cards of approvals', () => {
    const [one] = homeState().approvals
    const [card] = cardsOf(homeState(), 'Waits for you')
    if (!one) throw new Error('the sample has an approval')
    expect(card?.buttons).toEqual(buildApprovalCard(one.approval, one.job, one.people, now).buttons)
    expect(card?.buttons.map(({ verb }) => verb)).toEqual(['Approve', 'Reject', 'Details'])
  })

  it('asks for steps by hand and for jobs that stand still', () => {
    const [, manual, stuck] = cardsOf(homeState(), 'Waits for you')
    expect(manual?.buttons.map(({ command }) => command)).toEqual(['done run-1 2'])
    expect(stuck?.buttons.map(({ command }) => command)).toContain('retry restart-2')
    expect(JSON.stringify(stuck)).toContain('orders-api died after 2 s')
  })

  it('says so where nothing waits and nothing is open', () => {
    expect(words(homeState(nothing), 'Waits for you')).toContain('Nothing waits for you.')
    expect(words(homeState(nothing), 'Open incidents')).toContain('No incident is open in your channels.')
  })

  it('shows an incident as its root message does, without Stop, and names its thread', () => {
    const [card] = cardsOf(homeState(), 'Open incidents')
    expect(card?.headline).toBe('#7 Orders lost after cut-over · SEV1 · open')
    expect(JSON.stringify(card)).toContain('✋ restore-1 · orders-db from d-0130 · waits for approval')
    expect(JSON.stringify(card?.rows.at(-1))).toContain('incident-7')
    expect(card?.buttons).toEqual([])
  })

  it('says what the person may do, and whom to ask for the rest', () => {
    const said = words(homeState(), 'Who you are here')
    expect(said).toContain('You may restore, verify, approve.')
    expect(said).toContain('Ask ⟦person:carol⟧ for restart.')
  })

  it('tells a stranger nothing but who has a role and where roles are given', () => {
    expect(titles(stranger)).toEqual(['Who you are here', 'How to begin'])
    expect(words(stranger, 'Who you are here')).toMatch(/You have no role here.*salvor\.yaml.*dba: ⟦person:alice⟧/)
  })

  it('hides what a faulty reader would let slip to a person without a role', () => {
    const said = JSON.stringify(draw(homeState({ roles: [] })))
    expect(said).not.toMatch(/restore-1|Orders lost|call the vendor/)
  })

  it('shortens what help says of each command', () => {
    const commands = [{ name: 'stop', summary: 'Stops a job; says what is left. Then more.' }]
    expect(words(homeState({ commands }), 'How to begin')).toContain('`stop` Stops a job"')
  })

  it('warns where Slack did not say who is in a group', () => {
    expect(words({ ...stranger, unsure: true }, 'Who you are here')).toContain('Slack does not say now')
    expect(words(homeState({ unsure: true }), 'Who you are here')).toContain('Slack does not say now')
  })

  it('counts what it does not show', () => {
    const [one] = homeState().incidents
    if (!one) throw new Error('the sample has an incident')
    const incidents = Array.from({ length: 30 }, (_, index) => ({
      ...one,
      view: { ...one.view, incident: incident({ number: index + 1 }) },
    }))
    const section = draw(homeState({ incidents })).find(({ title }) => title === 'Open incidents')
    expect(section?.cards.length ?? 0).toBeLessThan(30)
    expect((section?.cards.length ?? 0) + (section?.hidden ?? 0)).toBe(30)
  })

  it('is the same twice for the same state', () => {
    expect(buildHomeCard(homeState(), now)).toEqual(buildHomeCard(homeState(), now))
  })
})
