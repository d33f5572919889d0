import type { Answer, Step } from '../compare.ts'
import type { World } from '../worlds.ts'
import { id, inIncident, listOf, pick, section } from './read-answer.ts'

const CONTENT = 'orders,rows\n'

/** Files, which are announced, uploaded and then shared; modals and the Home tab. */
export function listFilesAndViews(): Step[] {
  return [...listFiles(), ...listModals(), ...listHomes()]
}

function listFiles(): Step[] {
  const announced = (length: number) => () => ({ filename: 'rows.csv', length })
  const learn = ({ file_id, upload_url }: Answer, { known }: World) => {
    known.set('file', String(file_id)).set('upload', String(upload_url))
  }
  const complete = async (world: World) => {
    await fetch(id(world, 'upload'), { method: 'POST', body: CONTENT })
    return { files: [{ id: id(world, 'file'), title: 'Rows' }], channel_id: id(world, 'incident') }
  }
  return [
    { title: 'a file is announced', method: 'files.getUploadURLExternal', args: announced(CONTENT.length), learn },
    { title: 'a file without a name', method: 'files.getUploadURLExternal', args: () => ({ length: 1 }) },
    { title: 'a file of no length', method: 'files.getUploadURLExternal', args: announced(0) },
    {
      title: 'a file that was not uploaded',
      method: 'files.completeUploadExternal',
      args: (world) => ({ files: [{ id: id(world, 'file') }] }),
    },
    {
      title: 'a file is uploaded and shared',
      method: 'files.completeUploadExternal',
      args: complete,
      facts: (answer) => listOf(answer.files).map((one) => pick(one, 'title')),
    },
    { title: 'a file is shared twice', method: 'files.completeUploadExternal', args: complete },
    { title: 'no file is shared', method: 'files.completeUploadExternal', args: () => ({ files: [] }) },
    {
      title: 'a shared file',
      method: 'files.info',
      args: async (world) => {
        await world.shared()
        return { file: id(world, 'file') }
      },
      facts: ({ file }, world) => {
        const shares = (file as Answer).shares as Record<string, Record<string, Answer[]>>
        return [pick(file, 'name', 'title', 'size'), shares.public?.[id(world, 'incident')]?.length]
      },
    },
    { title: 'the files of an unknown channel', method: 'files.list', args: () => ({ channel: 'C0NONE' }) },
    { title: 'all files', method: 'files.list', args: () => ({}) },
    { title: 'an unknown file', method: 'files.info', args: () => ({ file: 'F0NONE' }) },
    {
      title: 'the message of a shared file',
      method: 'conversations.history',
      args: (world) => ({ ...inIncident(world), limit: 1 }),
      facts: (answer) => listOf(listOf(answer.messages)[0]?.files).map((one) => pick(one, 'name')),
    },
  ]
}

function listModals(): Step[] {
  const opened = async (world: World, more: Answer = {}) => ({ trigger_id: await world.trigger(), view: modal(more) })
  const shown = ({ view }: Answer) => [pick(view, 'type', 'callback_id'), ((view as Answer).blocks as unknown[]).length]
  const learn = ({ view }: Answer, { known }: World) => {
    known.set('view', String((view as Answer).id)).set('hash', String((view as Answer).hash))
  }
  return [
    {
      title: 'a modal',
      method: 'views.open',
      args: async (world) => {
        const args = await opened(world, { external_id: 'one' })
        world.known.set('trigger', args.trigger_id)
        return args
      },
      facts: shown,
      learn,
    },
    {
      title: 'a modal by a trigger that is used up',
      method: 'views.open',
      args: (world) => ({ trigger_id: id(world, 'trigger'), view: modal() }),
    },
    {
      title: 'a modal by a trigger of nobody',
      method: 'views.open',
      args: () => ({ trigger_id: '1.2.3', view: modal() }),
    },
    {
      title: 'a modal by an external id that is taken',
      method: 'views.open',
      args: (world) => opened(world, { external_id: 'one' }),
    },
    {
      title: 'a changed modal',
      method: 'views.update',
      args: (world) => ({ view_id: id(world, 'view'), hash: id(world, 'hash'), view: modal({ callback_id: 'two' }) }),
      facts: shown,
    },
    {
      title: 'a modal changed from a stale state',
      method: 'views.update',
      args: (world) => ({ view_id: id(world, 'view'), hash: id(world, 'hash'), view: modal() }),
    },
    { title: 'a change of no modal', method: 'views.update', args: () => ({ view_id: 'V0NONE', view: modal() }) },
  ]
}

function listHomes(): Step[] {
  const home = { type: 'home', blocks: [section('at home')] }
  const id0 = ({ view }: Answer) => String((view as Answer).id)
  return [
    {
      title: 'a Home tab',
      method: 'views.publish',
      args: (world) => ({ user_id: id(world, 'alice'), view: home }),
      facts: ({ view }) => pick(view, 'type'),
      learn: (answer, { known }) => known.set('home', id0(answer)),
    },
    {
      title: 'a Home tab anew',
      method: 'views.publish',
      args: (world) => ({ user_id: id(world, 'alice'), view: home }),
      facts: (answer, world) => id0(answer) === id(world, 'home'),
    },
    {
      title: 'a Home tab from a stale state',
      method: 'views.publish',
      args: (world) => ({ user_id: id(world, 'alice'), view: home, hash: '1.stale' }),
    },
    { title: 'a Home tab of nobody', method: 'views.publish', args: () => ({ user_id: 'U0NOBODY', view: home }) },
  ]
}

function modal(more: Answer = {}) {
  const title = { type: 'plain_text', text: 'Restore' }
  return { type: 'modal', callback_id: 'one', title, blocks: [section('sure?')], ...more }
}
