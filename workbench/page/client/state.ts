import { signal } from '@preact/signals'
import type { MenuItem, UiEvent } from '../../appsscript/contract'
import type { DrawerCall, DrawerState } from '../protocol'

/** A message at the lower right corner. */
export interface Toast {
  readonly id: number
  readonly title: string
  readonly message: string
}

/** Something modal that a script opened. */
export interface OpenDialog {
  readonly id: number
  readonly event: Extract<UiEvent, { readonly kind: 'dialog' | 'alert' | 'prompt' }>
  /** The number under which the server waits for the answer to an alert or a prompt. */
  readonly question?: number
}

/** A menu of the add-on as `onOpen` made it. */
export interface AddonMenu {
  readonly title: string
  readonly items: readonly (MenuItem | 'separator')[]
}

/** What the page shows around the grid. */
export const page = {
  fileName: signal(''),
  email: signal(''),
  functions: signal<readonly string[]>([]),
  menus: signal<readonly AddonMenu[]>([]),
  /** A new number makes a new frame, as opening a sidebar again does. */
  sidebar: signal<{ readonly id: number; readonly title: string; readonly html: string } | undefined>(undefined),
  dialogs: signal<readonly OpenDialog[]>([]),
  toasts: signal<readonly Toast[]>([]),
  /** The function that a menu item runs at the moment. */
  running: signal<string | undefined>(undefined),
  calls: signal<readonly DrawerCall[]>([]),
  /** How often the vendors were started anew: the switches of the drawer start anew with them. */
  restarts: signal(0),
  drawer: signal<DrawerState>({ now: 0, quotas: [], vendors: [] }),
  tip: signal<{ readonly x: number; readonly y: number; readonly text: string } | undefined>(undefined),
}

const TOAST_MS = 5000
let lastNumber = 0

/** A number that was not given out before. */
export const nextNumber = (): number => {
  lastNumber += 1
  return lastNumber
}

/** Shows a message at the lower right corner for five seconds, as Google Sheets does. */
export const showToast = (title: string, message: string): void => {
  const toast = { id: nextNumber(), title, message }
  page.toasts.value = [...page.toasts.value, toast]
  setTimeout(() => dismissToast(toast.id), TOAST_MS)
}

/** Takes a message away. */
export const dismissToast = (id: number): void => {
  page.toasts.value = page.toasts.value.filter((toast) => toast.id !== id)
}

/** Closes a dialog. */
export const closeDialog = (id: number): void => {
  page.dialogs.value = page.dialogs.value.filter((dialog) => dialog.id !== id)
}
