// Loaded by `require` on first use. The bundle keeps those that a second list knows as well: see `.build/libraries.mjs`.
export { default as domains } from 'disposable-email-domains-js/dist/dict/disposable_email_blocklist.json'
