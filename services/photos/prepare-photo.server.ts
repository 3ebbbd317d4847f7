import { createHash } from 'node:crypto'
import type { Sharp, SharpConstructor, SharpOptions } from 'sharp'
import { DomainError } from '#services/kernel/errors.ts'
import { invalid } from '#services/providers/fields.schema.ts'
import {
  LARGEST_WIDTH,
  MOST_PIXELS,
  REFUSAL_WORDS,
  UPRIGHT,
  lookAt,
  refusesSize,
  widthsFor,
  type Refusal,
} from './photo.rules.ts'

export interface PreparedPhoto {
  /** Of the largest size. */
  width: number
  height: number
  /** Of the largest size, in hexadecimal. */
  hash: string
  /** WebP, smallest first, with nothing in it but the picture. */
  sizes: { width: number; bytes: Uint8Array }[]
}

/** Pictures that wait for their turn; each is an upload of at most 10 MB in memory. */
const MOST_WAITING = 6
const SECONDS = 20

const refused = (why: Refusal): DomainError => invalid({ photo: [REFUSAL_WORDS[why]] })

/**
 * Loaded with the first photograph, so that a machine without it starts all the same. One picture at a time, on one thread,
 * keeping nothing; and of all the kinds of file that libvips can open, the four that are photographs.
 */
let loaded: Promise<SharpConstructor> | null = null
async function load(): Promise<SharpConstructor> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['Jpeg', 'Png', 'Webp', 'Heif'].map((kind) => `VipsForeignLoad${kind}Buffer`),
  })
  return sharp
}
async function library(): Promise<SharpConstructor> {
  try {
    return await (loaded ??= load())
  } catch (error) {
    loaded = null
    throw new DomainError(
      'UNAVAILABLE',
      'Photographs cannot be added just now. Nothing was changed. Try again later.',
      {},
      { cause: error },
    )
  }
}

let turn: Promise<unknown> = Promise.resolve()
let waiting = 0

/** @throws DomainError TOO_MANY when too many wait already */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= MOST_WAITING)
    throw new DomainError('TOO_MANY', 'Many people are sending photographs just now. Try again in a minute.')
  waiting += 1
  const mine = turn.then(work)
  turn = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    waiting -= 1
  }
}

/**
 * Makes of what somebody sent the pictures that are kept: upright, in up to three widths, and with nothing of what a camera
 * writes beside a picture (where it was taken, when, with what). Nothing is trusted but the dots themselves: whatever else is
 * in the file is not copied.
 * @throws DomainError INVALID beside `photo` with what is wrong; TOO_MANY; UNAVAILABLE
 */
export async function preparePhoto(bytes: Uint8Array | null): Promise<PreparedPhoto> {
  const looked = lookAt(bytes)
  if (!looked.ok || bytes === null) throw refused(looked.ok ? 'missing' : looked.why)
  const sharp = await library()
  return inTurn(async () => {
    try {
      return await sizesOf(sharp, await uprightDots(sharp, bytes))
    } catch (error) {
      if (error instanceof DomainError) throw error
      // libvips says what was wrong with the bytes, which is of no help to whoever sent them.
      throw refused('not_known')
    }
  })
}

interface Dots {
  data: Buffer
  info: { width: number; height: number; channels: 3 }
}

/**
 * The dots, upright and no larger than is kept. It is made small while it is read, and only then turned: turning needs the
 * whole picture, which would be 200 MB of a large one.
 */
async function uprightDots(sharp: SharpConstructor, bytes: Uint8Array): Promise<Dots> {
  const options: SharpOptions = { failOn: 'warning', sequentialRead: true }
  // Reads the head of the file alone; what it says of its size is looked at before anything is unpacked.
  const head = await sharp(bytes, { ...options, limitInputPixels: false }).metadata()
  const why = refusesSize(head.width, head.height, head.pages ?? 1)
  if (why) throw refused(why)
  // libheif has turned it already.
  const upright = UPRIGHT[head.format === 'heif' ? 1 : (head.orientation ?? 1)] ?? { turn: 0 }
  const across = upright.turn === 90 || upright.turn === 270
  const small = await sharp(bytes, { ...options, limitInputPixels: MOST_PIXELS })
    .timeout({ seconds: SECONDS })
    .resize({ [across ? 'height' : 'width']: LARGEST_WIDTH, withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  let turned: Sharp = ofDots(sharp, small)
  if (upright.turn !== 0) turned = turned.rotate(upright.turn)
  if (upright.mirror) turned = turned[upright.mirror]()
  return rgb(await turned.raw().toBuffer({ resolveWithObject: true }))
}

const ofDots = (
  sharp: SharpConstructor,
  {
    data,
    info: { width, height, channels },
  }: { data: Buffer; info: { width: number; height: number; channels: number } },
): Sharp => sharp(data, { raw: { width, height, channels: channels as 3 } })

function rgb({
  data,
  info,
}: {
  data: Buffer
  info: { width: number; height: number; channels: number }
}): Dots {
  if (info.channels !== 3) throw new RangeError('a picture that is not red, green and blue')
  return { data, info: { width: info.width, height: info.height, channels: 3 } }
}

/** One after the other, so that only one is in memory besides those that are done. */
async function sizesOf(sharp: SharpConstructor, dots: Dots): Promise<PreparedPhoto> {
  const sizes: PreparedPhoto['sizes'] = []
  for (const width of widthsFor(dots.info.width))
    sizes.push({
      width,
      bytes: await ofDots(sharp, dots)
        .timeout({ seconds: SECONDS })
        .resize({ width, withoutEnlargement: true })
        .webp({ quality: 78, effort: 4 })
        .toBuffer(),
    })
  const largest = sizes.at(-1)?.bytes ?? new Uint8Array()
  return {
    width: dots.info.width,
    height: dots.info.height,
    hash: createHash('sha256').update(largest).digest('hex'),
    sizes,
  }
}
