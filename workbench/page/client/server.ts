import type {
  DialogAnswer,
  MutationBatch,
  PageEvent,
  PageState,
  RunReply,
  RunRequest,
  Selection,
  WeatherRequest,
} from '../protocol'

/** The user of this page: `?user=2` is a colleague with the same file open. */
export const userId = new URLSearchParams(location.search).get('user') ?? '1'

const pageId = crypto.randomUUID()
const address = (path: string, more: { readonly [name: string]: string } = {}): string =>
  `/api/${path}?${new URLSearchParams({ user: userId, page: pageId, ...more }).toString()}`

const ask = async <T>(path: string, init?: RequestInit, more?: { readonly [name: string]: string }): Promise<T> => {
  const response = await fetch(address(path, more), init)
  if (!response.ok) throw new Error((await response.text()) || `The workbench answered ${response.status}.`)
  return (await response.json()) as T
}
const post = <T = unknown>(path: string, body: unknown): Promise<T> =>
  ask<T>(path, { method: 'POST', body: JSON.stringify(body) })

/** The server of the workbench, as a page asks it. Every function rejects with a message for people. */
export const server = {
  state: () => ask<PageState>('state'),
  open: () => post('open', null),
  mutate: (batch: MutationBatch) => post('mutations', batch),
  select: (selection: Selection) => post('select', selection),
  run: (request: RunRequest) => post<RunReply>('run', request),
  answer: (answer: DialogAnswer) => post('answer', answer),
  rename: (fileName: string) => post('name', fileName),
  openFile: (file: File) => ask('file', { method: 'POST', body: file }, { name: file.name }),
  reset: () => post('reset', null),
  problem: (sheet: string, row: number, column: number) =>
    ask<string | null>('problem', undefined, { sheet, row: String(row), column: String(column) }),
  setWeather: (request: WeatherRequest) => post('weather', request),
  kill: () => post('kill', null),
  csvAddress: (sheet: string) => address('file.csv', { sheet }),
  xlsxAddress: () => address('file.xlsx'),
}

/** Hears what the server tells; resolves once the line is open. */
export const listen = (onEvent: (event: PageEvent) => void): Promise<void> =>
  new Promise((resolve) => {
    const source = new EventSource(address('events'))
    source.onmessage = ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data) as PageEvent)
    source.onopen = () => resolve()
  })
