import type { ReactNode } from 'react'

/** Line icons of the shell; words beside or around them say what they mean. */
function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

export const EyeIcon = () => (
  <Icon>
    <path d="M1.8 10S4.8 4.5 10 4.5 18.2 10 18.2 10 15.2 15.5 10 15.5 1.8 10 1.8 10Z" />
    <circle cx="10" cy="10" r="2.4" />
  </Icon>
)
export const ReplyIcon = () => (
  <Icon>
    <path d="M3 4.5h14v9H9.5L6 16.7v-3.2H3Z" />
    <path d="M6.3 7.7h7.4M6.3 10.4h4.6" />
  </Icon>
)
export const SmileIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7.2" />
    <path d="M6.8 11.6a3.6 3.6 0 0 0 6.4 0M7.4 8h.01M12.6 8h.01" />
  </Icon>
)
export const CloseIcon = () => (
  <Icon>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
)
export const BackIcon = () => (
  <Icon>
    <path d="M12.5 4.5 7 10l5.5 5.5" />
  </Icon>
)
export const MenuIcon = () => (
  <Icon>
    <path d="M3 5.5h14M3 10h14M3 14.5h14" />
  </Icon>
)
export const SendIcon = () => (
  <Icon>
    <path d="M3.2 3.4 17 10 3.2 16.6 5 10Z" fill="currentColor" />
  </Icon>
)
export const ClipIcon = () => (
  <Icon>
    <path d="m14.5 9.5-5 5a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.8 5.8a1 1 0 0 1-1.4-1.4l5-5" />
  </Icon>
)
export const DownIcon = () => (
  <Icon>
    <path d="M10 4v12m-5-5 5 5 5-5" />
  </Icon>
)
export const FileIcon = () => (
  <Icon>
    <path d="M5 2.5h6.5L15.5 6.5v11H5Z" />
    <path d="M11.2 2.7v4.1h4.1M7.5 10.5h5.5M7.5 13.5h5.5" />
  </Icon>
)
export const SearchIcon = () => (
  <Icon>
    <circle cx="9" cy="9" r="5" />
    <path d="m13 13 4 4" />
  </Icon>
)
export const MoreIcon = () => (
  <Icon>
    <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.6" />
  </Icon>
)
