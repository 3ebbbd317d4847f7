import type { Deps } from '#services/ports/deps.ts'
import { type PhotoOwner, mostOf, whereOf } from './photo-owner.server.ts'

export interface ShownPhoto {
  id: string
  /** What it shows, for people who cannot see it. */
  alt: string
  width: number
  height: number
  /** Smallest first. */
  sizes: { href: string; width: number }[]
}

/** Where a browser gets one size of a photograph. */
const hrefOf = (id: string, width: number): string => `/photos/${id}/${String(width)}`

/** The photographs of a service or a provider in their order, for whoever may see its page: the caller has asked that. */
export async function photosOf(deps: Pick<Deps, 'db'>, owner: PhotoOwner): Promise<ShownPhoto[]> {
  const rows = await deps.db.prisma.photo.findMany({
    where: whereOf(owner),
    select: { id: true, alt: true, width: true, height: true, widths: true },
    orderBy: { position: 'asc' },
    take: mostOf(owner),
  })
  return rows.map(({ widths, ...photo }) => ({
    ...photo,
    sizes: widths.map((width) => ({ href: hrefOf(photo.id, width), width })),
  }))
}
