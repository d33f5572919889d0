import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { type PageActions, type PageContext, PageContextSlot } from '../../../../sandbox/page/page-context.ts'
import type { PageState } from '../../../../sandbox/slack/page/wire.ts'
import { sandboxWorkspace } from '../../../../sandbox/workspace.ts'

const nothing = async () => ({ ok: true })
const actions: PageActions = {
  ...{ go() {}, say: nothing, press: nothing, submit: nothing, closeModal: nothing, react: nothing },
  ...{ openHome: nothing, act: nothing, propose() {} },
}

/** What the page knows of the sandbox's workspace while nothing has been said yet; `alice` looks at it. */
export function makePage(of: Partial<PageState> = {}): PageContext {
  const { team, bot, users, userGroups, channels } = sandboxWorkspace
  const state: PageState = {
    ...{ team, bot, users, userGroups: userGroups.map(({ id, handle }) => ({ id, handle })), person: 'U0ALICE' },
    ...{ channels: [], allChannels: channels.map(({ id, name }) => ({ id, name })), messages: [], thread: [] },
    ...{ ephemerals: [], modal: null, home: null, homeWanted: false, notices: [], notifications: [], newest: {} },
    ...{ violations: [], violationCount: 0, faults: [] },
    ...of,
  }
  const place = { person: state.person, channel: 'C0INC', thread: '' }
  return { state, place, actions, commands: [], panel: null, theme: 'light' }
}

/** HTML of a component below the page's root. */
export function render(node: ReactNode, page: PageContext = makePage()): string {
  return renderToStaticMarkup(createElement(PageContextSlot, { value: page }, node))
}

/** What a person reads: text without tags, entities as characters. */
export function readText(html: string): string {
  return html
    .replace(/<br\/?>|<\/(div|p|li|tr|h\d|pre)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
}
