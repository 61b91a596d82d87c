import { render } from 'preact'
import type { UiEvent } from '../../appsscript/contract'
import type { Mutation, PageEvent, PageState } from '../protocol'
import { Dialogs, Toasts } from './dialogs'
import { Drawer } from './drawer'
import { createGrid, type Grid } from './grid'
import { CloseIcon } from './icons'
import { setBeforeRun } from './run'
import { ScriptFrame } from './script-frame'
import { listen, server } from './server'
import { nextNumber, page, showToast } from './state'
import { TopBar } from './top-bar'
import './page.css'

const KEPT_CALLS = 500
const TIP_DISTANCE_PX = 14

const Sidebar = () => {
  const open = page.sidebar.value
  if (!open) return null
  const close = (): void => {
    page.sidebar.value = undefined
  }
  return (
    <aside class="sidebar" aria-label={open.title}>
      <header>
        <h2>{open.title}</h2>
        <button class="icon" aria-label="Close sidebar" onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <ScriptFrame key={open.id} title={open.title} html={open.html} onClose={close} />
    </aside>
  )
}

const Tip = () => {
  const tip = page.tip.value
  if (!tip) return null
  return (
    <div class="tip" role="tooltip" style={{ left: tip.x, top: tip.y }}>
      <strong>Error</strong>
      {tip.text}
    </div>
  )
}

const show = (event: UiEvent, grid: Grid, question: number | undefined): void => {
  switch (event.kind) {
    case 'menu':
      page.menus.value = [...page.menus.value.filter(({ title }) => title !== event.title), event]
      return
    case 'sidebar':
      page.sidebar.value = { id: nextNumber(), title: event.title, html: event.html }
      return
    case 'dialog':
    case 'alert':
    case 'prompt':
      page.dialogs.value = [
        ...page.dialogs.value,
        { id: nextNumber(), event, ...(question === undefined ? {} : { question }) },
      ]
      return
    case 'toast':
      return showToast(event.title, event.message)
    case 'activate':
      return grid.activate(event.tab, event.selection)
  }
}

/** Sends what a person changes in order, one batch at a time. */
const createSender = (seen: () => number) => {
  let waiting: { readonly mutation: Mutation; readonly seen: number }[] = []
  let sending: Promise<void> | undefined
  let added = 0
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await server.mutate({ mutations: batch.map(({ mutation }) => mutation), seen: batch[0]?.seen ?? 0 })
    }
    sending = undefined
  }
  return {
    add: (mutation: Mutation): void => {
      added += 1
      waiting.push({ mutation: structuredClone(mutation), seen: seen() })
      sending ??= Promise.resolve().then(drain)
    },
    done: async (): Promise<void> => sending,
    isBusy: (): boolean => sending !== undefined,
    /** How many changes were made so far. */
    added: (): number => added,
  }
}

const start = async (): Promise<void> => {
  const element = (id: string): HTMLElement => {
    const found = document.getElementById(id)
    if (!found) throw new Error(`The page has no #${id}.`)
    return found
  }
  let sequence = 0
  let isLoading = false
  let isOutdated = false
  let loading = Promise.resolve()
  let help: PageState['help'] = []
  let early: Extract<PageEvent, { kind: 'mutation' }>[] = []
  const sender = createSender(() => sequence)
  const pointer = { x: 0, y: 0 }
  addEventListener('pointermove', ({ clientX, clientY }) => Object.assign(pointer, { x: clientX, y: clientY }), true)

  const grid = createGrid({
    container: element('grid'),
    onMutation: sender.add,
    onSelection: (selection) => void server.select(selection),
    onHover: ({ sheetId, row, column, text }) => {
      page.tip.value = undefined
      if (text !== '#ERROR!') return
      const { x, y } = pointer
      void server.problem(sheetId, row, column).then((message) => {
        if (message) page.tip.value = { x: x + TIP_DISTANCE_PX, y: y + TIP_DISTANCE_PX, text: message }
      })
    },
  })
  addEventListener('beforeunload', (event) => {
    // The browser asks whether to leave: what is on its way to the server may get lost.
    if (sender.isBusy()) event.preventDefault()
  })
  const settled = async (): Promise<void> => {
    await sender.done()
    await loading
  }
  setBeforeRun(async () => {
    await settled()
    await server.select(grid.selection())
  })

  const apply = (event: Extract<PageEvent, { kind: 'mutation' }>): void => {
    if (event.sequence <= sequence) return
    sequence = event.sequence
    try {
      grid.apply(event.mutation)
    } catch {
      reload()
    }
  }
  const loadOnce = async (): Promise<void> => {
    await sender.done()
    const state = await server.state()
    page.fileName.value = state.fileName
    page.email.value = state.email
    page.functions.value = state.functions
    help = state.help
    page.calls.value = state.calls
    page.drawer.value = state.drawer
    document.title = `${state.fileName} - Enrich workbench`
    sequence = state.sequence
    await grid.load(state)
  }
  /** Loads everything; again if the person changed something meanwhile, which the loaded state may not hold. */
  const load = async (): Promise<void> => {
    isLoading = true
    const isCurrent = (before: number): boolean => !isOutdated && sender.added() === before
    let before: number
    do {
      before = sender.added()
      isOutdated = false
      await loadOnce()
    } while (!isCurrent(before))
    isLoading = false
    const late = early
    early = []
    late.forEach(apply)
  }
  const reload = (): void => {
    isOutdated = true
    if (!isLoading) loading = load()
  }
  const hear = (event: PageEvent): void => {
    switch (event.kind) {
      case 'mutation':
        if (isLoading) early.push(event)
        else apply(event)
        return
      case 'reload':
        reload()
        return
      case 'opened':
        page.sidebar.value = undefined
        page.dialogs.value = []
        reload()
        return
      case 'restarted':
        page.calls.value = []
        page.restarts.value += 1
        return
      case 'ui':
        return show(event.event, grid, event.question)
      case 'name':
        page.fileName.value = event.fileName
        document.title = `${event.fileName} - Enrich workbench`
        return
      case 'call':
        page.calls.value = [...page.calls.value, event.call].slice(-KEPT_CALLS)
        return
      case 'drawer':
        page.drawer.value = event.drawer
    }
  }

  render(<TopBar activeSheet={() => grid.selection().sheetId} />, element('top'))
  render(<Sidebar />, element('side'))
  render(<Drawer />, element('bottom'))
  render(
    <>
      <Tip />
      <Dialogs />
      <Toasts />
    </>,
    element('over'),
  )
  await listen(hear)
  loading = load()
  await loading
  grid.offer(help)
  await server.select(grid.selection())
  await server.open()
  Object.assign(window, { workbench: { grid, settled } })
  document.body.dataset['ready'] = 'true'
}

void start()
