/** A built text and what went into it: bytes by source file. */
export interface Built {
  readonly text: string
  readonly inputs: { readonly [file: string]: number }
}

/**
 * Bundles the script; `eager` turns each `require` of ours into a static import, for comparison only. `change` may edit
 * a source of ours before it is bundled; its path is relative to the project. `cold` is the body of a function, which stands
 * packed in the text.
 */
export function buildCode(
  loading?: 'lazy' | 'eager',
  change?: (source: string, file: string) => string,
): Promise<Built & { readonly functions: readonly string[]; readonly cold: string }>

/** Bundles the sidebar into one HTML text. */
export function buildSidebar(): Promise<Built>
