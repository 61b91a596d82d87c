/**
 * Loads a module on first use. esbuild turns `require` of a bundled module into a call of its initialiser, so that a
 * formula that needs no phone numbers never pays for their metadata; nothing named `require` remains in the bundle.
 */
declare function require(path: string): unknown
