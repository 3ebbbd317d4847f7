import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { preparePhoto, type PreparedPhoto } from '#services/photos/prepare-photo.server.ts'
import { MOST_BYTES, REFUSAL_WORDS, type Refusal } from '#services/photos/photo.rules.ts'
import {
  avif,
  bomb,
  gif,
  jpeg,
  moving,
  png,
  svgWithScript,
  webp,
  withPlace,
  zip,
} from '#tests/support/pictures.ts'

const refuses = async (bytes: Uint8Array | null, why: Refusal): Promise<void> => {
  await expect(preparePhoto(bytes)).rejects.toMatchObject({
    code: 'INVALID',
    details: { fields: { photo: [REFUSAL_WORDS[why]] } },
  })
}
const largest = (photo: PreparedPhoto): Buffer => Buffer.from(photo.sizes.at(-1)?.bytes ?? [])

describe('a photograph is made ready', () => {
  test.each([
    ['JPEG', jpeg],
    ['PNG', png],
    ['WebP', webp],
    ['AVIF', avif],
  ])('from %s: WebP, whole, in every width that it has', async (_name, make) => {
    const photo = await preparePhoto(await make())
    for (const { width, bytes } of photo.sizes) {
      const kept = await sharp(bytes).metadata()
      expect(kept).toMatchObject({ format: 'webp', width, space: 'srgb' })
      expect(kept.pages ?? 1).toBe(1)
    }
    expect(photo.width).toBe(photo.sizes.at(-1)?.width)
  })
  test('a large one is kept in three widths, with its shape', async () => {
    const photo = await preparePhoto(await jpeg(4_000, 3_000))
    expect(photo).toMatchObject({ width: 1600, height: 1200 })
    expect(photo.sizes.map(({ width }) => width)).toEqual([400, 800, 1600])
  })
  test('the same photograph gives the same files', async () => {
    const bytes = await jpeg()
    expect((await preparePhoto(bytes)).hash).toBe((await preparePhoto(bytes)).hash)
  })
  test('what can be seen through is white, as on paper', async () => {
    const clear = await sharp({ create: { width: 300, height: 300, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer()
    const { data } = await sharp(largest(await preparePhoto(clear)))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(data[0]).toBeGreaterThan(250)
    expect((await sharp(largest(await preparePhoto(clear))).metadata()).hasAlpha).toBe(false)
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'one that was taken with the camera turned (%i) stands upright',
    async (n) => {
      // Four quarters of different colours show every turn and every mirror.
      const quarter = (background: string, left: number, top: number) => ({
        input: { create: { width: 450, height: 300, channels: 3 as const, background } },
        left,
        top,
      })
      const turned = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#ffffff' } })
        .composite([quarter('#ff0000', 0, 0), quarter('#00ff00', 450, 0), quarter('#0000ff', 0, 300)])
        .withMetadata({ orientation: n })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toBuffer()
      // What libvips itself makes of it; a process of its own would do, but here it is read before others are shut out.
      const upright = await sharp(turned).autoOrient().raw().toBuffer({ resolveWithObject: true })
      const photo = await preparePhoto(turned)
      expect([photo.width, photo.height]).toEqual([upright.info.width, upright.info.height])
      const mine = await sharp(largest(photo)).raw().toBuffer({ resolveWithObject: true })
      const at = ({ data, info }: typeof mine, x: number, y: number) => [
        ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3),
      ]
      for (const [x, y] of [
        [0.2, 0.2],
        [0.8, 0.2],
        [0.2, 0.8],
        [0.8, 0.8],
      ] as const) {
        const [px, py] = [Math.floor(x * photo.width), Math.floor(y * photo.height)]
        const [want, have] = [at(upright, px, py), at(mine, px, py)]
        want.forEach((value, i) => {
          expect(Math.abs(value - (have[i] ?? 0))).toBeLessThan(30)
        })
      }
    },
  )
})

describe('nothing is kept but the picture', () => {
  test('where it was taken, with what and by whom is in none of the bytes', async () => {
    const sent = await withPlace()
    // It was there.
    const before = await sharp(sent).metadata()
    expect(before.exif && before.xmp && before.orientation).toBeTruthy()
    for (const secret of ['Secretmodel', 'Weavers Row', 'Joan Ellery', 'Kithphone'])
      expect(sent.includes(secret), secret).toBe(true)
    const photo = await preparePhoto(sent)
    // Turned by a quarter, as the camera said.
    expect([photo.width, photo.height]).toEqual([800, 1200])
    for (const { bytes } of photo.sizes) {
      const kept = await sharp(bytes).metadata()
      for (const part of [
        'exif',
        'xmp',
        'icc',
        'iptc',
        'orientation',
        'comments',
        'tifftagPhotoshop',
      ] as const)
        expect(kept[part as 'exif'], part).toBeUndefined()
      const raw = Buffer.from(bytes)
      for (const secret of [
        'Exif',
        'GPS',
        'EXIF',
        'XMP ',
        'ICCP',
        'Secretmodel',
        'Weavers Row',
        'Joan Ellery',
        'Kithphone',
      ])
        expect(raw.includes(secret), secret).toBe(false)
    }
  })
  test('a film and a second picture behind the end are thrown away', async () => {
    const film = Buffer.from('\0\0\0\x18ftypmp42 a film of a kitchen', 'latin1')
    const photo = await preparePhoto(Buffer.concat([await jpeg(), film]))
    for (const { bytes } of photo.sizes)
      expect(Buffer.from(bytes).includes('a film of a kitchen')).toBe(false)
  })
})

describe('what is no photograph', () => {
  test('is refused in words', async () => {
    await refuses(null, 'missing')
    await refuses(new Uint8Array(), 'empty')
    await refuses(svgWithScript, 'not_known')
    await refuses(await gif(), 'not_known')
    await refuses(zip, 'not_known')
    await refuses(Buffer.from('words'), 'not_known')
    await refuses(await moving(), 'moves')
    await refuses(await png(200, 200), 'too_small')
    await refuses(await png(1_000, 300), 'too_long')
  })
  test('10 MB is as much as there may be, and one more is too much', async () => {
    const picture = await jpeg()
    const filled = (size: number) => Buffer.concat([picture, Buffer.alloc(size - picture.length)])
    await expect(preparePhoto(filled(MOST_BYTES))).resolves.toMatchObject({ width: 1200 })
    await refuses(filled(MOST_BYTES + 1), 'too_large')
  })
  test('a bomb is never unpacked', async () => {
    const small = bomb(20_000, 20_000)
    expect(small.length).toBeLessThan(200_000)
    const before = process.memoryUsage().rss
    await refuses(small, 'too_many_pixels')
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
    // As large as may be, and as small on the line: unpacked row by row.
    await expect(preparePhoto(bomb(7_000, 7_000))).resolves.toMatchObject({ width: 1600, height: 1600 })
    expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000)
  })
  test('one that lies about its size, or is broken inside, is refused', async () => {
    const lies = bomb(1_000, 1_000)
    lies.writeUInt32BE(2_000, 20)
    await refuses(lies, 'not_known')
    const broken = await jpeg()
    // The end is put where it should be, and half of the picture is not.
    await refuses(
      Buffer.concat([broken.subarray(0, Math.floor(broken.length * 0.7)), Buffer.from([0xff, 0xd9])]),
      'not_known',
    )
    await refuses(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(80)]), 'breaks_off')
  })
  test('a drawing under the cover of a photograph’s first bytes is never drawn', async () => {
    await refuses(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), svgWithScript]), 'breaks_off')
    // Not even when libvips is asked directly, in the process of the site.
    await expect(sharp(svgWithScript).metadata()).rejects.toThrow()
  })
})

test('one after the other: six may wait, and more are asked to come again', async () => {
  const picture = await jpeg(3_000, 2_000)
  const all = await Promise.allSettled(Array.from({ length: 9 }, () => preparePhoto(picture)))
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as { code: string }] : []))
  expect(refused.map(({ code }) => code)).toEqual(['TOO_MANY', 'TOO_MANY', 'TOO_MANY'])
  // And then there is room again.
  await expect(preparePhoto(picture)).resolves.toBeDefined()
})
