import sharp from 'sharp'
import { keyText } from '#services/photos/photo.rules.ts'
import { preparePhoto } from '#services/photos/prepare-photo.server.ts'
import { fileKey } from '#services/ports/files.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { Kit } from './kit.ts'
import { DRAWINGS } from './photo-drawings.ts'

const SVG = { operation: ['VipsForeignLoadSvgBuffer'] }

interface Shown {
  drawing: keyof typeof DRAWINGS
  of: { service: string } | { provider: string }
  position: number
  alt: string
}

const SHOWN: readonly Shown[] = [
  {
    drawing: 'frontDoor',
    of: { provider: 'weavers-care' },
    position: 0,
    alt: 'A drawing of a green front door in a brick wall, with a ramp and a handrail beside the step.',
  },
  {
    drawing: 'kitchen',
    of: { service: 'a-hand-with-the-house-weavers-care' },
    position: 0,
    alt: 'A drawing of a kitchen: a clean sink under a window, herbs on the sill, a teapot and a cloth.',
  },
  {
    drawing: 'garden',
    of: { service: 'a-hand-with-the-house-weavers-care' },
    position: 1,
    alt: 'A drawing of a garden with a level path between two raised beds, and a bench at the end.',
  },
  {
    drawing: 'teaTable',
    of: { service: 'memory-cafe-fenside-memory' },
    position: 0,
    alt: 'A drawing of a long table laid for tea: a plum teapot, three cups and a plate of cake, with bunting above.',
  },
]

/** Draws the demo's photographs and keeps them as a provider's own would be kept. The ids are the demo's, so that twice is once. */
export async function writePhotos(deps: Pick<Deps, 'db' | 'files'>, kit: Kit): Promise<void> {
  const db = deps.db.prisma
  for (const { drawing, of, position, alt } of SHOWN) {
    const owner =
      'service' in of
        ? await db.service.findUnique({ where: { slug: of.service }, select: { id: true } })
        : await db.provider.findUnique({ where: { slug: of.provider }, select: { id: true } })
    if (!owner) continue
    const prepared = await preparePhoto(await drawn(DRAWINGS[drawing]()))
    const id = kit.id(kit.nowMs)
    const keys = prepared.sizes.map(({ width }) => fileKey(keyText(id, prepared.hash, width)))
    for (const [i, key] of keys.entries())
      await deps.files.put(key, prepared.sizes[i]?.bytes ?? new Uint8Array())
    await db.photo.create({
      data: {
        id,
        ...('service' in of ? { serviceId: owner.id } : { providerId: owner.id }),
        position,
        alt,
        width: prepared.width,
        height: prepared.height,
        widths: prepared.sizes.map(({ width }) => width),
        keys,
        contentHash: prepared.hash,
        addedAt: new Date(kit.nowMs),
      },
      select: { id: true },
    })
  }
}

/** Drawings are what the site never opens; here they are our own, and the process makes the demo and nothing else. */
async function drawn(svg: string): Promise<Buffer> {
  sharp.unblock(SVG)
  try {
    return await sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer()
  } finally {
    sharp.block(SVG)
  }
}
