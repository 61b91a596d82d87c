// Loaded by `require` on first use. A module of its own lets the bundler take the ES build and leave out what is unused.
export { parse } from 'tldts'
