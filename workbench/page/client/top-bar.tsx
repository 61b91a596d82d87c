import { useEffect, useRef, useState } from 'preact/hooks'
import { ArrowIcon, FileIcon, PersonAddIcon } from './icons'
import { runMenuItem } from './run'
import { server, userId } from './server'
import { page, showToast } from './state'

interface TopBarProps {
  /** Univer's id of the tab that is shown. */
  readonly activeSheet: () => string
}

/** Google puts the name of the add-on on the menu that `createAddonMenu` makes. */
const ADD_ON_NAME = 'Enrich'

const failed = (error: unknown): void => showToast('Error', error instanceof Error ? error.message : String(error))

const FileMenu = ({ activeSheet }: TopBarProps) => {
  const input = useRef<HTMLInputElement>(null)
  const download = (address: string): void => {
    const link = document.createElement('a')
    link.href = address
    link.download = ''
    link.click()
  }
  return (
    <ul role="menu" class="menu">
      <li role="none">
        <button role="menuitem" onClick={() => input.current?.click()}>
          Open CSV or XLSX...
        </button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File to open"
          accept=".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            if (file) void server.openFile(file).catch(failed)
            currentTarget.value = ''
          }}
        />
      </li>
      <li role="none">
        <hr />
      </li>
      <li role="none">
        <button role="menuitem" onClick={() => download(server.csvAddress(activeSheet()))}>
          Download CSV
        </button>
      </li>
      <li role="none">
        <button role="menuitem" onClick={() => download(server.xlsxAddress())}>
          Download XLSX
        </button>
      </li>
      <li role="none">
        <hr />
      </li>
      <li role="none">
        <button role="menuitem" onClick={() => void server.reset().catch(failed)}>
          Reset to sample
        </button>
      </li>
    </ul>
  )
}

const ExtensionsMenu = () => {
  if (page.menus.value.length === 0) return <p class="menu empty">The add-on made no menu.</p>
  return (
    <ul role="menu" class="menu">
      {page.menus.value.map(({ title, items }) => (
        <li role="none" class="submenu" key={title}>
          <button role="menuitem" aria-haspopup="menu">
            {title || ADD_ON_NAME}
            <ArrowIcon />
          </button>
          <ul role="menu" class="menu" aria-label={title || ADD_ON_NAME}>
            {items.map((item, index) =>
              item === 'separator' ? (
                <li role="none" key={index}>
                  <hr />
                </li>
              ) : (
                <li role="none" key={index}>
                  <button role="menuitem" onClick={() => void runMenuItem(item.function)}>
                    {item.label}
                  </button>
                </li>
              ),
            )}
          </ul>
        </li>
      ))}
    </ul>
  )
}

/** File name, menus, and who is looking. */
export const TopBar = ({ activeSheet }: TopBarProps) => {
  const [open, setOpen] = useState<'File' | 'Extensions' | undefined>(undefined)
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const close = ({ target }: Event): void => {
      if (!bar.current?.contains(target as Node)) setOpen(undefined)
    }
    // Univer stops the event on its canvas, so listen on the way down; a click into a frame takes the focus away.
    document.addEventListener('pointerdown', close, true)
    const blur = (): void => setOpen(undefined)
    window.addEventListener('blur', blur)
    return () => {
      document.removeEventListener('pointerdown', close, true)
      window.removeEventListener('blur', blur)
    }
  }, [])
  const menus = { File: <FileMenu activeSheet={activeSheet} />, Extensions: <ExtensionsMenu /> } as const
  return (
    <header class="top">
      <FileIcon />
      <div class="names">
        <input
          class="name"
          aria-label="File name"
          value={page.fileName.value}
          size={Math.max(8, page.fileName.value.length)}
          onChange={({ currentTarget }) => void server.rename(currentTarget.value)}
          onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
        />
        <div
          ref={bar}
          tabIndex={-1}
          role="menubar"
          onKeyDown={({ key }) => key === 'Escape' && setOpen(undefined)}
          onClick={({ target }) => {
            const item = (target as Element).closest('[role=menuitem]')
            if (item && item.getAttribute('aria-haspopup') === null) setOpen(undefined)
          }}
        >
          {(['File', 'Extensions'] as const).map((name) => (
            <div class="menu-root" key={name}>
              <button
                role="menuitem"
                aria-haspopup="menu"
                aria-expanded={open === name}
                onClick={() => setOpen(open === name ? undefined : name)}
                onPointerEnter={() => open && setOpen(name)}
              >
                {name}
              </button>
              {open === name && menus[name]}
            </div>
          ))}
          {page.running.value && <output class="running">Running script</output>}
        </div>
      </div>
      <div class="who">
        <span class="badge">Workbench: simulated Google and vendors</span>
        <a class="button" href={`/?user=${userId === '1' ? '2' : '1'}`} target="_blank" rel="opener">
          <PersonAddIcon />
          {userId === '1' ? 'Second user' : 'First user'}
        </a>
        <span class={`avatar user-${userId}`} title={page.email.value}>
          <span aria-hidden="true">{page.email.value.slice(0, 1).toUpperCase()}</span>
          <span class="unseen">Signed in as {page.email.value}</span>
        </span>
      </div>
    </header>
  )
}
