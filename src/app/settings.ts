import type { Host } from './host'
import type { Settings } from './stored'
import { readSettings } from './stored'
import { requireRead } from './versions'

const SETTINGS = 'settings'

// A first run should cost little by accident: our choice, the person changes it on the Settings screen.
const FIRST_CAP = 100

const FIRST: Settings = {
  version: 1,
  environment: 'training',
  cap: FIRST_CAP,
  purpose: '',
  wanted: [],
  practice: null,
  publicSources: [],
  provenance: 'notes',
}

// Here because the build packs what stands in functions, and every call reads them.
const SETTINGS_RECORD = 'The settings of this file'

/** The settings of this file. Throws a Problem when they are damaged or a newer version wrote them. */
export function loadSettings(host: Host): Settings {
  return requireSettings(host.document.peek(SETTINGS))
}

function requireSettings(text: string | undefined): Settings {
  return text === undefined ? FIRST : requireRead(readSettings(text), SETTINGS_RECORD)
}

/** The settings as far as they can be read, to show something while the person decides about what is damaged. */
export function peekSettings(host: Host): Settings {
  const text = host.document.peek(SETTINGS)
  const read = text === undefined ? undefined : readSettings(text)
  return read?.kind === 'read' ? read.value : FIRST
}

/** Whether the settings of this file are damaged. */
export function areSettingsDamaged(host: Host): boolean {
  const text = host.document.peek(SETTINGS)
  return text !== undefined && readSettings(text).kind === 'damaged'
}

/** Begins again with the first settings, for the person has chosen to go on without damaged ones. */
export function renewSettings(host: Host): void {
  if (areSettingsDamaged(host)) host.document.set(SETTINGS, undefined)
}

/** Changes some settings and returns all of them. */
export function changeSettings(host: Host, change: Partial<Omit<Settings, 'version'>>): Settings {
  // What others changed since this execution looked first stays.
  const settings = { ...requireSettings(host.document.get(SETTINGS)), ...change }
  host.document.set(SETTINGS, JSON.stringify(settings))
  return settings
}
