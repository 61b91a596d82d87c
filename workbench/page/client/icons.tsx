const icon = (path: string, size = 20) => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
    <path d={path} />
  </svg>
)

/** The green file icon of the workbench: our own drawing. */
export const FileIcon = () => (
  <svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true">
    <path d="M10 4h14l8 8v22a2.5 2.5 0 0 1-2.5 2.5h-19.5A2.5 2.5 0 0 1 7.5 34V6.5A2.5 2.5 0 0 1 10 4z" fill="#188038" />
    <path d="M24 4l8 8h-6.5A1.5 1.5 0 0 1 24 10.5z" fill="#0d5c26" />
    <path d="M13 18h14v12H13z M13 22h14 M13 26h14 M18.5 18v12" fill="none" stroke="#fff" stroke-width="1.8" />
  </svg>
)
export const CloseIcon = () =>
  icon('M18.3 5.7 12 12l6.3 6.3-1.4 1.4L10.6 13.4 4.3 19.7 2.9 18.3 9.2 12 2.9 5.7 4.3 4.3l6.3 6.3 6.3-6.3z', 18)
export const ChevronIcon = () => icon('M7.4 8.6 12 13.2l4.6-4.6L18 10l-6 6-6-6z', 18)
export const ArrowIcon = () => icon('M10 7l5 5-5 5z', 18)
export const PersonAddIcon = () =>
  icon(
    'M9 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm0 2c-2.7 0-8 1.3-8 4v2h16v-2c0-2.7-5.3-4-8-4zm11-3V8h-2v3h-3v2h3v3h2v-3h3v-2z',
    18,
  )
export const CopyIcon = () =>
  icon(
    'M16 1H4a2 2 0 0 0-2 2v14h2V3h12zm3 4H8a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2zm0 16H8V7h11z',
    14,
  )
