import { useEffect, useRef, useState } from 'react'
import type { PageFileHint } from '../../slack/page/wire.ts'
import { addressOf, FileContent, judgeFile } from './file-preview.tsx'
import { CloseIcon } from './icons.tsx'
import { writeSize } from './time-words.ts'

/** A whole file over the page. */
export function FileDialog({ file, onClose }: { readonly file: PageFileHint; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('Loading …')
  const shape = judgeFile(file)
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    if (shape === 'picture') return
    const stop = new AbortController()
    fetch(addressOf(file), { signal: stop.signal })
      .then((response) => response.text())
      .then(setText, () => setText('The file could not be loaded. Close this and open it again.'))
    return () => stop.abort()
  }, [file, shape])
  return (
    <dialog ref={dialog} className="file-dialog" aria-label={file.name} onClose={onClose}>
      <header className="file-dialog-head">
        <h2>{file.name}</h2>
        <span className="file-kind">{writeSize(file.size)}</span>
        <a className="plain-button" href={`${addressOf(file)}?download`} download={file.name}>
          Download
        </a>
        <button type="button" className="icon-button" aria-label="Close file" onClick={() => dialog.current?.close()}>
          <CloseIcon />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached with the keyboard. */}
      <section className="file-dialog-body" tabIndex={0} aria-label="Content">
        {shape === 'picture' ? (
          <img src={addressOf(file)} alt={file.name} />
        ) : (
          <FileContent shape={shape} id={file.id} text={text} />
        )}
      </section>
    </dialog>
  )
}
