import { useEffect, useRef, useState } from 'preact/hooks'
import type { UiEvent } from '../../appsscript/contract'
import { CloseIcon } from './icons'
import { ScriptFrame } from './script-frame'
import { server } from './server'
import { closeDialog, dismissToast, page } from './state'

const BUTTONS: { readonly [set: string]: readonly string[] } = {
  OK: ['OK'],
  OK_CANCEL: ['OK', 'CANCEL'],
  YES_NO: ['YES', 'NO'],
  YES_NO_CANCEL: ['YES', 'NO', 'CANCEL'],
}
const LABELS: { readonly [button: string]: string } = { OK: 'OK', CANCEL: 'Cancel', YES: 'Yes', NO: 'No' }

interface QuestionProps {
  readonly id: number
  readonly event: Extract<UiEvent, { readonly kind: 'alert' | 'prompt' }>
  readonly question: number | undefined
}

interface HtmlDialogProps {
  readonly id: number
  readonly event: Extract<UiEvent, { readonly kind: 'dialog' }>
}

const Question = ({ id, event, question }: QuestionProps) => {
  const [text, setText] = useState('')
  const first = useRef<HTMLButtonElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const answer = (button: string): void => {
    closeDialog(id)
    if (question !== undefined) void server.answer({ question, button, text })
  }
  useEffect(() => {
    ;(input.current ?? first.current)?.focus()
    const escape = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') answer('CLOSE')
    }
    document.addEventListener('keydown', escape, true)
    return () => document.removeEventListener('keydown', escape, true)
  }, [])
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

const HtmlDialog = ({ id, event }: HtmlDialogProps) => {
  const [size, setSize] = useState<{ readonly width?: number; readonly height?: number }>({})
  return (
    <dialog open class="dialog" aria-label={event.title} style={{ width: size.width ?? event.width }}>
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
    </dialog>
  )
}

/** Whatever a script opened over the spreadsheet: the last dialog is on top. */
export const Dialogs = () => (
  <>
    {page.dialogs.value.map(({ id, event, question }) => (
      <div class="veil" key={id}>
        {event.kind === 'dialog' ? (
          <HtmlDialog id={id} event={event} />
        ) : (
          <Question id={id} event={event} question={question} />
        )}
      </div>
    ))}
  </>
)

/** Messages at the lower right corner. */
export const Toasts = () => (
  <output class="toasts">
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
  </output>
)
