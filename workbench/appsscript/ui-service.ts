import type { Answer, UiEvent } from './contract'
import { asText, GoogleError, type Call, type Google, type Run, type Services } from './run'

interface HtmlRef {
  readonly html: string
  readonly title: string
  readonly width: number | null
  readonly height: number | null
}

type Asking = Extract<UiEvent, { readonly kind: 'alert' | 'prompt' }>

/** Ui and Menu. `suspend` is called when an alert or prompt stops the script: its locks are gone (section 6). */
export function uiServices(google: Google, suspend: (run: Run) => void): Services {
  const ask = async (event: Asking, run: Run): Promise<Answer> => {
    suspend(run)
    google.emitUi(event)
    return (await google.options.answer?.(event)) ?? { button: 'OK', text: '' }
  }

  const question = (call: Call, kind: 'alert' | 'prompt'): Asking => {
    const texts = call.args.filter((arg): arg is string => typeof arg === 'string')
    const [last] = texts.slice(-1)
    const hasButtons = last !== undefined && /^(?:OK|OK_CANCEL|YES_NO|YES_NO_CANCEL)$/.test(last) && texts.length > 1
    const shown = hasButtons ? texts.slice(0, -1) : texts
    const [title, message] = shown.length > 1 ? shown : ['', shown[0] ?? '']
    return {
      kind,
      user: call.run.user.id,
      title: title ?? '',
      message: message ?? '',
      buttons: hasButtons ? last : 'OK',
    }
  }

  const htmlArg = (call: Call): HtmlRef => {
    const [page] = call.args
    if ((page as { readonly $?: string } | null)?.$ !== 'HtmlOutput') {
      throw new GoogleError(`The parameters don't match the method signature for ${call.method}.`)
    }
    return page as HtmlRef
  }

  // 500 x 400 pixels is our own default for a dialog without a size.
  const showDialog = (call: Call): void => {
    const page = htmlArg(call)
    google.emitUi({
      kind: 'dialog',
      user: call.run.user.id,
      title: asText(call.args[1] ?? page.title),
      html: page.html,
      width: page.width ?? 500,
      height: page.height ?? 400,
    })
  }

  return {
    'SpreadsheetApp.getUi': () => ({ $: 'Ui' }),
    'Menu.addToUi'(call) {
      const { title, items } = call.ref as Pick<Extract<UiEvent, { readonly kind: 'menu' }>, 'title' | 'items'>
      google.emitUi({ kind: 'menu', user: call.run.user.id, title, items })
    },
    'Ui.showSidebar'(call) {
      const page = htmlArg(call)
      google.emitUi({ kind: 'sidebar', user: call.run.user.id, title: page.title, html: page.html })
    },
    'Ui.showModalDialog': showDialog,
    'Ui.showModelessDialog': showDialog,
    async 'Ui.alert'(call) {
      const { button } = await ask(question(call, 'alert'), call.run)
      return { $: 'enum', group: 'Button', name: button }
    },
    async 'Ui.prompt'(call) {
      const { button, text } = await ask(question(call, 'prompt'), call.run)
      return { $: 'PromptResponse', button, text }
    },
  }
}
