/** What a sidebar or dialog asks of the page. */
export type FrameMessage =
  | { readonly kind: 'run'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'close' }
  | { readonly kind: 'focus' }
  | { readonly kind: 'height'; readonly pixels: number }
  | { readonly kind: 'width'; readonly pixels: number }

/** The end of a call; `message` is there if it failed. */
export interface FrameReply {
  readonly id: number
  readonly value?: unknown
  readonly message?: string
}
