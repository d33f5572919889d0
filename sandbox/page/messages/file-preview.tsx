import type { PageFileHint } from '../../slack/page/wire.ts'
import type { Block } from '../../slack/workspace.ts'
import { BlockList } from '../blocks/index.tsx'
import { useShell } from '../shell-context.ts'
import { FileIcon } from './icons.tsx'
import { writeSize } from './time-words.ts'

/** How a file's content is shown. */
export type FileShape = 'picture' | 'markdown' | 'text' | 'other'

/** A file under a message: its name, its first lines or the picture itself, and ways to all of it. */
export function FilePreview({ file }: { readonly file: PageFileHint }) {
  const { openFile } = useShell()
  const shape = judgeFile(file)
  return (
    <figure className="file" aria-label={`File ${file.name}`}>
      <figcaption className="file-head">
        <span className="file-icon">
          <FileIcon />
        </span>
        <span className="file-name">
          <b>{file.name}</b>
          <span className="file-kind">
            {shape === 'markdown' ? 'Markdown' : shape === 'picture' ? 'Picture' : shape === 'text' ? 'Text' : 'File'},{' '}
            {writeSize(file.size)}
          </span>
        </span>
        {shape === 'other' ? null : (
          <button
            type="button"
            className="plain-button"
            onClick={() => openFile(file)}
            aria-label={`Open ${file.name}`}
          >
            Open
          </button>
        )}
        <a
          className="plain-button"
          href={`${addressOf(file)}?download`}
          download={file.name}
          aria-label={`Download ${file.name}`}
        >
          Download
        </a>
      </figcaption>
      {shape === 'picture' ? <img className="file-picture" src={addressOf(file)} alt={file.name} /> : null}
      {file.preview === '' ? null : (
        <div className={`file-preview ${file.cut ? 'file-cut' : ''}`}>
          <FileContent shape={shape} id={file.id} text={file.preview} />
        </div>
      )}
    </figure>
  )
}

/** Text of a file as it is meant to be read. */
export function FileContent({
  shape,
  id,
  text,
}: {
  readonly shape: FileShape
  readonly id: string
  readonly text: string
}) {
  if (shape === 'markdown') return <BlockList blocks={describeMarkdown(id, text)} source={id} />
  return <pre className="file-text">{text}</pre>
}

/** Where a file's content is. */
export function addressOf(file: PageFileHint): string {
  return `page/files/${encodeURIComponent(file.id)}`
}

/** How to show a file, by its name. */
export function judgeFile({ name, preview }: PageFileHint): FileShape {
  if (/\.(png|jpe?g|gif)$/i.test(name)) return 'picture'
  if (/\.md$/i.test(name)) return 'markdown'
  return preview === '' ? 'other' : 'text'
}

/** Files in Markdown are drawn by whatever draws the block of that name. */
function describeMarkdown(id: string, text: string): readonly Block[] {
  const block: Block = { type: 'markdown', block_id: id, text }
  return [block]
}
