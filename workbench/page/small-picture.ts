import type { Browser } from 'playwright-core'
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

interface Indexed {
  readonly width: number
  readonly height: number
  /** Red, green, blue of up to 256 colours. */
  readonly palette: readonly number[]
  /** One colour number a pixel, in base64. */
  readonly pixels: string
}

/** The same picture as a PNG with at most 256 colours: a third of the size, which is enough for flat screens. */
export const shrinkPicture = async (browser: Browser, png: Buffer): Promise<Buffer> => {
  const page = await browser.newPage()
  try {
    return encode(await page.evaluate(readColours, png.toString('base64')))
  } finally {
    await page.close()
  }
}

/** Runs in the browser, which can decode a PNG: the most frequent colours, and for each pixel the nearest of them. */
const readColours = async (base64: string): Promise<Indexed> => {
  const image = new Image()
  image.src = `data:image/png;base64,${base64}`
  await image.decode()
  const { width, height } = image
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser draws no pictures.')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  const seen = new Map<number, number>()
  const colours = new Uint32Array(width * height)
  for (let pixel = 0; pixel < colours.length; pixel++) {
    const at = pixel * 4
    const colour = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0)
    colours[pixel] = colour
    seen.set(colour, (seen.get(colour) ?? 0) + 1)
  }
  const kept = [...seen].sort((a, b) => b[1] - a[1]).slice(0, 256)
  const palette = kept.flatMap(([colour]) => [colour >> 16, (colour >> 8) & 255, colour & 255])
  const distance = (colour: number, entry: number): number =>
    ((colour >> 16) - (palette[entry * 3] ?? 0)) ** 2 +
    (((colour >> 8) & 255) - (palette[entry * 3 + 1] ?? 0)) ** 2 +
    ((colour & 255) - (palette[entry * 3 + 2] ?? 0)) ** 2
  const nearest = new Map(kept.map(([colour], entry) => [colour, entry]))
  const entryOf = (colour: number): number => {
    const known = nearest.get(colour)
    if (known !== undefined) return known
    let best = 0
    for (let entry = 1; entry < kept.length; entry++) {
      if (distance(colour, entry) < distance(colour, best)) best = entry
    }
    nearest.set(colour, best)
    return best
  }
  let binary = ''
  for (const colour of colours) binary += String.fromCharCode(entryOf(colour))
  return { width, height, palette, pixels: btoa(binary) }
}

const encode = ({ width, height, palette, pixels }: Indexed): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits a pixel, colours by number.
  header.set([8, 3], 8)
  const raw = Buffer.from(pixels, 'base64')
  // Each line begins with its filter: none.
  const lines = Array.from({ length: height }, (_, y) => [
    Buffer.alloc(1),
    raw.subarray(y * width, (y + 1) * width),
  ]).flat()
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette)),
    chunk('IDAT', deflateSync(Buffer.concat(lines), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
