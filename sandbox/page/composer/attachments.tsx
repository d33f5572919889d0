import { type ReactNode, useRef, useState } from 'react'
import type { PageUpload } from '../../slack/page/wire.ts'
import { ClipIcon, CloseIcon } from '../messages/icons.tsx'

/** What fits into one request of the page. In bytes. */
const LARGEST = 5 * 1024 * 1024

/** Files that go with the next message: the button that takes them, and those that are taken. */
export function useAttachments(): {
  readonly files: readonly PageUpload[]
  readonly button: ReactNode
  readonly list: ReactNode
  /** Gives them away. */
  take(): readonly PageUpload[]
} {
  const [files, setFiles] = useState<readonly PageUpload[]>([])
  const [refused, setRefused] = useState('')
  const picker = useRef<HTMLInputElement>(null)
  const add = async (picked: readonly File[]) => {
    const big = picked.find(({ size }) => size > LARGEST)
    setRefused(big ? `${big.name} is over 5 MB` : '')
    const read = await Promise.all(picked.filter(({ size }) => size <= LARGEST).map(readUpload))
    setFiles((old) => [...old, ...read])
  }
  const button = (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={(event) => {
          void add([...(event.target.files ?? [])])
          // The same file may be picked again.
          event.target.value = ''
        }}
      />
      <button
        type="button"
        className="attach-button"
        aria-label="Attach a file"
        onClick={() => picker.current?.click()}
      >
        <ClipIcon />
      </button>
    </>
  )
  const list =
    files.length === 0 && refused === '' ? null : (
      <ul className="attached">
        {files.map((file, index) => (
          <li key={`${index}/${file.name}`}>
            {file.name}
            <button
              type="button"
              aria-label={`Do not attach ${file.name}`}
              onClick={() => setFiles((old) => old.toSpliced(index, 1))}
            >
              <CloseIcon />
            </button>
          </li>
        ))}
        {refused === '' ? null : <li role="alert">{refused}</li>}
      </ul>
    )
  const take = () => {
    setFiles([])
    setRefused('')
    return files
  }
  return { files, button, list, take }
}

async function readUpload(file: File): Promise<PageUpload> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return { name: file.name, base64: btoa(binary) }
}
