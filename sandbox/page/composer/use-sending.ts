import { useEffect, useState } from 'react'
import type { PageUpload } from '../../slack/page/wire.ts'
import { usePage } from '../page-context.ts'

const FAILURE_SHOWN_MS = 12_000

/** Sends words to a place and tells how that goes; what could not be sent comes back. */
export function useSending(channel: string, thread: string | undefined, giveBack: (words: string) => void) {
  const { actions } = usePage()
  const [waiting, setWaiting] = useState<readonly string[]>([])
  const [failure, setFailure] = useState('')
  useEffect(() => {
    if (failure === '') return
    const timer = setTimeout(() => setFailure(''), FAILURE_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [failure])
  const send = async (words: string, files: readonly PageUpload[] = []) => {
    setFailure('')
    setWaiting((old) => [...old, words])
    const answer = await actions.say(words, {
      channel,
      ...(thread ? { thread } : {}),
      ...(files.length > 0 ? { files } : {}),
    })
    setWaiting((old) => old.toSpliced(old.indexOf(words), 1))
    if (answer.error) {
      setFailure(answer.error)
      giveBack(words)
    } else if (answer.notice) setFailure(tellNotice(words, answer.notice))
  }
  return { send, failure, sending: waiting[0] ?? '' }
}

/** Slack's own words: a whole sentence as it is, a bare code as its client words it. */
function tellNotice(words: string, notice: string): string {
  return notice.includes(' ') ? notice : `${words.split(/\s/)[0]} failed with the error "${notice}"`
}
