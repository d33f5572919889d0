import { renderBlocks } from './blocks.js'
import { find, keepAtEnd, make, showList } from './dom.js'
import { joinPrivates, renderMessage } from './messages.js'
import { askConfirmation, showModal } from './modal.js'
import { names } from './text.js'

// Person, channel and thread live in the address, so that a reload or a second window shows the same.
const [person, channel, thread] = location.hash.slice(1).split('/').map(decodeURIComponent)
const place = { person: person || '', channel: channel || '', thread: thread || '' }
let latest
let told = 0

/** Goes to another person, channel or thread. */
function go(change) {
  Object.assign(place, change)
  history.replaceState(null, '', `#${[place.person, place.channel, place.thread].map(encodeURIComponent).join('/')}`)
  refresh(true)
}

let asking = false
let askAgain = false

/** Asks for the state and shows it; requests never overlap. */
async function refresh(jump = false) {
  if (asking) {
    askAgain = true
    return
  }
  asking = true
  try {
    const response = await fetch(`/page/state?${new URLSearchParams(place)}`)
    latest = await response.json()
    place.person = latest.person
    place.channel = latest.channel ?? ''
    show(latest, jump)
  } finally {
    asking = false
    if (askAgain) {
      askAgain = false
      refresh(jump)
    }
  }
}

function show(state, jump) {
  rememberNames(state)
  find('team').textContent = state.team.name
  showPeople(state)
  showChannels(state)
  const here = state.channels.find((one) => one.id === state.channel)
  find('title').textContent = here ? (here.direct ? here.name : `# ${here.name}`) : 'No conversation'
  find('topic').textContent = here?.topic || (here?.withBot === false ? `${state.bot.name} is not a member here` : '')
  showHome(state, here)
  const inChannel = joinPrivates(
    state.messages,
    state.ephemerals.filter((one) => !one.thread_ts),
  )
  showMessages(find('messages'), inChannel, false, jump)
  find('thread-pane').hidden = state.thread.length === 0
  document.body.classList.toggle('with-thread', state.thread.length > 0)
  showMessages(
    find('thread'),
    joinPrivates(
      state.thread,
      state.ephemerals.filter((one) => one.thread_ts === place.thread),
    ),
    true,
    jump,
  )
  find('words').placeholder = `/recover help, @${state.bot.name} …, or a message`
  find('thread-words').placeholder = `@${state.bot.name} status, or a reply`
  showModal(state.modal, modalActions)
  showRefusals(state)
  showToasts(state)
}

function rememberNames(state) {
  names.users = new Map([...state.users.map((one) => [one.id, one.name]), [state.bot.userId, state.bot.name]])
  names.channels = new Map(state.allChannels.map((one) => [one.id, one.name]))
  names.groups = new Map(state.userGroups.map((one) => [one.id, one.handle]))
  names.me = state.person
}

function showPeople(state) {
  showList(find('people'), state.users, {
    key: (one) => one.id,
    version: (one) => `${one.id === state.person} ${state.newest[one.id] ?? ''} ${seenAt(one.id)}`,
    render: (one) => {
      const waiting = one.id !== state.person && (state.newest[one.id] ?? '') > seenAt(one.id)
      const dot = waiting ? make('span', { class: 'dot', title: 'was notified' }) : ''
      const current = one.id === state.person ? 'true' : undefined
      return make(
        'button',
        { type: 'button', class: 'chip', 'aria-current': current, onclick: () => go({ person: one.id }) },
        one.name,
        dot,
      )
    },
  })
  localStorage.setItem(`seen ${state.person}`, state.newest[state.person] ?? '')
}

function seenAt(id) {
  return localStorage.getItem(`seen ${id}`) ?? ''
}

function showChannels(state) {
  showList(find('channels'), state.channels, {
    key: (one) => one.id,
    version: (one) => `${one.name} ${one.id === state.channel} ${one.newest}`,
    render: (one) => {
      const current = one.id === state.channel ? 'true' : undefined
      const name = one.direct ? `✉ ${one.name}` : `# ${one.name}`
      return make(
        'button',
        {
          type: 'button',
          class: 'channel',
          'aria-current': current,
          onclick: () => openChannel(one),
        },
        name,
      )
    },
  })
}

/** Goes to a conversation; opening the app's own shows its Home tab, as Slack does. */
function openChannel(one) {
  go({ channel: one.id, thread: '' })
  if (one.direct && latest?.homeWanted) send('home', {})
}

function showHome(state, here) {
  const home = find('home')
  home.hidden = !(here?.direct && state.home)
  if (home.hidden) return home.replaceChildren()
  if (home.dataset.hash === state.home.hash) return
  home.dataset.hash = state.home.hash
  home.replaceChildren(
    ...renderBlocks(state.home.blocks, (element, block, option) => press(state.home.id, element, block, option)),
  )
}

function showMessages(list, messages, inThread, jump) {
  const actions = {
    press,
    openThread: (ts) => go({ thread: ts }),
    react: (ts) => send('react', { channel: place.channel, ts, emoji: 'eyes' }),
  }
  keepAtEnd(list, () =>
    showList(list, messages, {
      key: (one) => one.ts,
      version: (one) =>
        JSON.stringify([one.text, one.blocks, one.edits, one.reply_count, one.reactions, one.files, names.me]),
      render: (one) => renderMessage(one, actions, inThread),
    }),
  )
  if (jump) list.scrollTop = list.scrollHeight
}

function showRefusals(state) {
  find('refusal-count').textContent = String(state.violationCount)
  find('refusals').classList.toggle('bad', state.violationCount > 0)
  const lines = state.violations
    .toReversed()
    .map((one) =>
      make(
        'li',
        {},
        make('b', {}, `${one.method}: ${one.error}`),
        ` ${one.detail}`,
        make('time', {}, new Date(one.at).toLocaleTimeString()),
      ),
    )
  find('refusal-list').replaceChildren(
    ...(lines.length > 0 ? lines : [make('li', {}, 'Nothing so far: every request was one that Slack accepts.')]),
  )
}

/** What would light up this person's lock screen. */
function showToasts(state) {
  const fresh = state.notifications.filter((one) => Number(one.ts) > told)
  const first = told === 0
  told = Math.max(told, ...state.notifications.map((one) => Number(one.ts)), Date.now() / 1000 - 3600)
  if (first) return
  for (const one of fresh) {
    const toast = make('div', { class: 'toast' }, make('b', {}, '🔔 Lock screen'), make('span', {}, one.text))
    find('toasts').append(toast)
    setTimeout(() => toast.remove(), 6000)
  }
}

async function send(action, body) {
  const response = await fetch(`/page/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: place.person, ...body }),
  })
  const answer = await response.json()
  refresh()
  return answer
}

async function press(source, element, block, option) {
  if (element.url && /^https?:/.test(element.url)) window.open(element.url, '_blank', 'noopener')
  if (element.confirm && !(await askConfirmation(element.confirm))) return
  const answer = await send('press', { source, action: element.action_id, block: block.block_id, option })
  if (answer.error || answer.notice) tell(find('notice'), answer.error ?? `This app responded with ${answer.notice}`)
}

const modalActions = {
  press,
  close: () => send('close', {}),
  async submit(values) {
    const answer = await send('submit', { values })
    if (answer.error) find('modal-notice').textContent = answer.error
  },
}

function tell(line, words) {
  line.textContent = words
  setTimeout(() => {
    if (line.textContent === words) line.textContent = ''
  }, 8000)
}

/** A line to type in: Enter sends, the arrow up brings back what was typed before. */
function prepareComposer(form, input, notice, where) {
  const typed = JSON.parse(sessionStorage.getItem('typed') ?? '[]')
  let back = 0
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    back = Math.max(0, Math.min(typed.length, back + (event.key === 'ArrowUp' ? 1 : -1)))
    input.value = typed[typed.length - back] ?? ''
    event.preventDefault()
  })
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const text = input.value.trim()
    if (text === '') return
    typed.push(text)
    sessionStorage.setItem('typed', JSON.stringify(typed.slice(-50)))
    back = 0
    input.value = ''
    const answer = await send('say', { text, channel: place.channel, ...where() })
    if (answer.error || answer.notice) tell(notice, answer.error ?? `Slack: ${answer.notice}`)
  })
}

prepareComposer(find('compose'), find('words'), find('notice'), () => ({}))
prepareComposer(find('compose-thread'), find('thread-words'), find('thread-notice'), () => ({ thread: place.thread }))
find('close-thread').addEventListener('click', () => go({ thread: '' }))
find('modal').addEventListener('cancel', (event) => {
  event.preventDefault()
  modalActions.close()
})

const changes = new EventSource('/page/changes')
changes.addEventListener('message', () => refresh())
changes.addEventListener('open', () => {
  find('link').textContent = 'live'
})
changes.addEventListener('error', () => {
  find('link').textContent = 'reconnecting'
})
refresh(true)
