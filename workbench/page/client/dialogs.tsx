import { useEffect, useRef, useState } from 'preact/hooks'
import { CloseIcon } from './icons'
import { ScriptFrame } from './script-frame'
import { server } from './server'
import { closeDialog, dismissToast, page, type OpenDialog } from './state'

const BUTTONS: { readonly [set: string]: readonly string[] } = {
  OK: ['OK'],
  OK_CANCEL: ['OK', 'CANCEL'],
  YES_NO: ['YES', 'NO'],
  YES_NO_CANCEL: ['YES', 'NO', 'CANCEL'],
}
const LABELS: { readonly [button: string]: string } = { OK: 'OK', CANCEL: 'Cancel', YES: 'Yes', NO: 'No' }

const Question = ({ id, event, question }: OpenDialog) => {
  const [text, setText] = useState('')
  const first = useRef<HTMLButtonElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => (input.current ?? first.current)?.focus(), [])
  if (event.kind === 'dialog') return null
  const answer = (button: string): void => {
    closeDialog(id)
    if (question !== undefined) void server.answer({ question, button, text })
  }
  const buttons = BUTTONS[event.buttons] ?? BUTTONS['OK'] ?? []
  return (
    <form
      class="dialog question"
      role="alertdialog"
      aria-modal="true"
      aria-label={event.title || event.message}
      onSubmit={(submit) => {
        submit.preventDefault()
        answer(buttons[0] ?? 'OK')
      }}
      onKeyDown={({ key }) => key === 'Escape' && answer('CLOSE')}
    >
      {event.title && <h2>{event.title}</h2>}
      <p>{event.message}</p>
      {event.kind === 'prompt' && (
        <input
          ref={input}
          aria-label={event.message}
          value={text}
          onInput={(typed) => setText(typed.currentTarget.value)}
        />
      )}
      <div class="buttons">
        {buttons
          .slice(1)
          .toReversed()
          .map((button) => (
            <button key={button} type="button" onClick={() => answer(button)}>
              {LABELS[button] ?? button}
            </button>
          ))}
        <button ref={first} class="primary">
          {LABELS[buttons[0] ?? 'OK']}
        </button>
      </div>
    </form>
  )
}

const HtmlDialog = ({ id, event }: OpenDialog) => {
  const [size, setSize] = useState<{ readonly width?: number; readonly height?: number }>({})
  if (event.kind !== 'dialog') return null
  return (
    <div
      class="dialog"
      role="dialog"
      aria-modal="true"
      aria-label={event.title}
      style={{ width: size.width ?? event.width }}
    >
      <header>
        <h2>{event.title}</h2>
        <button class="icon" aria-label="Close dialog" onClick={() => closeDialog(id)}>
          <CloseIcon />
        </button>
      </header>
      <div class="frame" style={{ height: size.height ?? event.height }}>
        <ScriptFrame
          title={event.title}
          html={event.html}
          onClose={() => closeDialog(id)}
          onSize={(change) => setSize((old) => ({ ...old, ...change }))}
        />
      </div>
    </div>
  )
}

/** Whatever a script opened over the spreadsheet: the last dialog is on top. */
export const Dialogs = () => (
  <>
    {page.dialogs.value.map((dialog) => (
      <div class="veil" key={dialog.id}>
        {dialog.event.kind === 'dialog' ? <HtmlDialog {...dialog} /> : <Question {...dialog} />}
      </div>
    ))}
  </>
)

/** Messages at the lower right corner. */
export const Toasts = () => (
  <div class="toasts" role="status">
    {page.toasts.value.map(({ id, title, message }) => (
      <div class="toast" key={id}>
        <div>
          {title && <strong>{title}</strong>}
          <span>{message}</span>
        </div>
        <button class="icon" aria-label="Dismiss message" onClick={() => dismissToast(id)}>
          <CloseIcon />
        </button>
      </div>
    ))}
  </div>
)
