import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { FrameMessage, FrameReply } from './frame-messages'
import { runFunction } from './run'
import { page } from './state'

declare const SCRIPT_SHIM: string

const SANDBOX = 'allow-scripts allow-forms allow-popups allow-modals allow-downloads'

interface ScriptFrameProps {
  readonly title: string
  readonly html: string
  readonly onClose: () => void
  readonly onSize?: (size: { readonly width?: number; readonly height?: number }) => void
}

/** The shim goes before everything else in the head, so that `google` is there when the script's own code runs. */
const withShim = (html: string, names: readonly string[]): string => {
  const script = `<script>{const FUNCTION_NAMES=${JSON.stringify(names)};${SCRIPT_SHIM}}</script>`
  const head = /<head[^>]*>/i.exec(html)
  if (!head) return `<!DOCTYPE html><html><head>${script}</head><body>${html}</body></html>`
  const at = head.index + head[0].length
  return `${html.slice(0, at)}${script}${html.slice(at)}`
}

/** HTML of the script in a frame of its own origin, with `google.script.run` going through the page to the server. */
export const ScriptFrame = ({ title, html, onClose, onSize }: ScriptFrameProps) => {
  const frame = useRef<HTMLIFrameElement>(null)
  const source = useMemo(() => withShim(html, page.functions.value), [html])
  useEffect(() => {
    const reply = (message: FrameReply): void => frame.current?.contentWindow?.postMessage(message, '*')
    const listener = ({ source: from, data }: MessageEvent<FrameMessage>): void => {
      if (!frame.current || from !== frame.current.contentWindow) return
      switch (data.kind) {
        case 'run':
          void runFunction({ function: data.name, args: data.args, via: 'rpc' }).then(
            (value) => reply({ id: data.id, value }),
            (error: unknown) => reply({ id: data.id, message: error instanceof Error ? error.message : String(error) }),
          )
          return
        case 'close':
          return onClose()
        case 'focus':
          return document.querySelector<HTMLElement>('#grid canvas')?.focus()
        case 'height':
          return onSize?.({ height: data.pixels })
        case 'width':
          return onSize?.({ width: data.pixels })
      }
    }
    addEventListener('message', listener)
    return () => removeEventListener('message', listener)
  }, [])
  return <iframe ref={frame} title={title} sandbox={SANDBOX} srcdoc={source} />
}
