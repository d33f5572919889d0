import { describe, expect, it, vi } from 'vitest'
import { createGuide } from '../../sandbox/guide.ts'
import { stories } from '../../sandbox/scenario/index.ts'
import type { Night } from '../../sandbox/start-night.ts'

const [first, second] = stories.map(({ id }) => id)

/** A guide over a night whose reset ends when the test says so. */
function openGuide(commands: readonly string[] = []) {
  const reset = Promise.withResolvers<void>()
  const night = {
    slack: { ephemerals: () => [], refreshPages: vi.fn() },
    patient: null,
    reset: async (_story: string, tell: (line: string) => void) => {
      tell('Removing the shop …')
      await reset.promise
    },
  } as unknown as Night
  const restart = vi.fn(async () => {})
  const guide = createGuide({
    storeUrl: 'postgres://nobody@127.0.0.1:1/nothing',
    story: first ?? '',
    commands: new Set(commands),
    restart,
  })
  return { guide, night, restart, reset }
}

describe('the guide', () => {
  it('is busy until there is a night to speak of', async () => {
    const { guide, night } = openGuide()
    expect(await guide.panel.describe()).toMatchObject({
      busy: expect.stringMatching(/./),
      checklist: [],
      patient: null,
    })
    guide.attach(night)
    expect((await guide.panel.describe()).busy).toBe('')
  })

  it('offers every story, and says which one is on', async () => {
    const { guide, night } = openGuide()
    guide.attach(night)
    const offered = (await guide.panel.describe()).stories
    expect(offered.map(({ id }) => id)).toEqual(stories.map(({ id }) => id))
    expect(offered.filter(({ chosen }) => chosen).map(({ id }) => id)).toEqual([first])
  })

  it('begins a story anew, says meanwhile what it does, and starts Salvor afterwards', async () => {
    const { guide, night, restart, reset } = openGuide()
    guide.attach(night)
    await guide.panel.act('reset', { story: second })
    expect(guide.isResetting()).toBe(true)
    expect((await guide.panel.describe()).busy).toBe('Removing the shop …')
    await expect(guide.panel.act('reset', { story: first })).rejects.toThrow(/busy/)
    expect(restart).not.toHaveBeenCalled()
    reset.resolve()
    await vi.waitFor(() => expect(guide.isResetting()).toBe(false))
    expect(restart).toHaveBeenCalledExactlyOnceWith(night)
    const { stories: offered, trouble } = await guide.panel.describe()
    expect(offered.find(({ chosen }) => chosen)?.id).toBe(second)
    expect(trouble).toBeUndefined()
  })

  it('says what went wrong with a new beginning, and lets it be tried again', async () => {
    const { guide, night, reset } = openGuide()
    guide.attach(night)
    await guide.panel.act('reset', { story: first })
    reset.reject(new Error('the disk is full'))
    await vi.waitFor(() => expect(guide.isResetting()).toBe(false))
    expect((await guide.panel.describe()).trouble).toMatch(/the disk is full.*once more/)
    await guide.panel.act('reset', { story: first })
    expect((await guide.panel.describe()).trouble).toBeUndefined()
  })

  it('refuses a story that it does not have, by name', async () => {
    const { guide, night } = openGuide()
    guide.attach(night)
    await expect(guide.panel.act('reset', { story: 'happy-end' })).rejects.toThrow(/no story happy-end.*bad-cut-over/)
  })

  it('asks for the config only where Salvor can bring one back', async () => {
    const read = async (commands: string[]) => {
      const { guide, night } = openGuide(commands)
      guide.attach(night)
      return (await guide.panel.describe()).checklist.map(({ id }) => id)
    }
    expect(await read([])).not.toContain('config')
    expect(await read(['config'])).toContain('config')
  })
})
