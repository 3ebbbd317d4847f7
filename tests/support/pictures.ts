/** Photographs that tests make, honest and hostile; every one of them different, so that none is "there already". */
import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

let made = 0
/** A field of colour with a mark in it that no other picture has. */
const drawing = (width: number, height: number): Sharp => {
  made += 1
  const colour = { r: (made * 53) % 256, g: (made * 97) % 256, b: (made * 29) % 256 }
  const mark = {
    create: { width: 40 + (made % 50), height: 30, channels: 3 as const, background: '#102030' },
  }
  return sharp({ create: { width, height, channels: 3, background: colour } }).composite([
    { input: mark, left: 10 + (made % 90), top: 20 },
  ])
}

export const jpeg = (width = 1200, height = 800): Promise<Buffer> => drawing(width, height).jpeg().toBuffer()
export const png = (width = 1200, height = 800): Promise<Buffer> => drawing(width, height).png().toBuffer()
export const webp = (width = 1200, height = 800): Promise<Buffer> => drawing(width, height).webp().toBuffer()
export const avif = (width = 640, height = 480): Promise<Buffer> =>
  drawing(width, height).avif({ effort: 0 }).toBuffer()

/** As a telephone writes it: where it was taken, with what, whose it is, and turned. */
export const withPlace = (orientation = 6): Promise<Buffer> =>
  drawing(1200, 800)
    .withExif({
      IFD0: { Make: 'Kithphone', Model: 'Secretmodel 9', Artist: 'Joan Ellery', Copyright: '12 Weavers Row' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '53/1 33/1 1234/100',
        GPSLongitudeRef: 'W',
        GPSLongitude: '2/1 6/1 4321/100',
      },
    })
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="12 Weavers Row xmp"/></rdf:RDF></x:xmpmeta>',
    )
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer()

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Few bytes that unpack to so many dots: all of them nought. */
export function bomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // One bit a dot, grey.
  head.set([1, 0, 0, 0, 0], 8)
  const packed = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 })
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const svgWithScript = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><script>alert("kith")</script><rect width="800" height="600" fill="red"/></svg>',
)
/** The beginning of a zip archive, and its end. */
export const zip = Buffer.concat([
  Buffer.from('PK\x03\x04', 'latin1'),
  Buffer.alloc(60, 7),
  Buffer.from('PK\x05\x06', 'latin1'),
  Buffer.alloc(18),
])
export const gif = (): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 300, channels: 3, background: '#446688' } })
    .gif()
    .toBuffer()
/** Two pictures, one after the other, in one file. */
export const moving = async (): Promise<Buffer> => {
  const frame = (background: string) =>
    sharp({ create: { width: 300, height: 300, channels: 3, background } })
      .png()
      .toBuffer()
  return sharp([await frame('#aa0000'), await frame('#00aa00')], { join: { animated: true } })
    .webp({ delay: [100, 100] })
    .toBuffer()
}
