import type { Tx } from '#services/db/client.server.ts'
import { type Point, normaliseOutcode, normalisePostcode } from '#services/kernel/geo.ts'

export interface Located {
  point: Point
  /** In words that give no home away: ward, or outcode. */
  label: string
}

/**
 * Where a provider starts from, as typed: a postcode, the first half of one, or the name of a ward.
 * A postcode that was never imported falls back to its outcode. Null when nothing is known by that name.
 */
export async function locate(tx: Tx, text: string): Promise<Located | null> {
  const postcode = normalisePostcode(text)
  if (postcode) {
    const exact = await tx.postcode.findUnique({
      where: { postcode },
      select: { lat: true, lon: true, outcode: true },
    })
    if (exact)
      return {
        point: { lat: exact.lat, lon: exact.lon },
        label: (await wardNear(tx, exact)) ?? exact.outcode,
      }
  }
  const outcode = postcode ? (postcode.split(' ')[0] ?? null) : normaliseOutcode(text)
  if (outcode) {
    const around = await tx.outcode.findUnique({ where: { outcode }, select: { lat: true, lon: true } })
    if (around) return { point: around, label: outcode }
  }
  const ward = await tx.ward.findFirst({
    where: { name: { equals: text, mode: 'insensitive' } },
    select: { name: true, lat: true, lon: true },
    orderBy: { id: 'asc' },
  })
  return ward ? { point: { lat: ward.lat, lon: ward.lon }, label: ward.name } : null
}

/** The ward whose middle is nearest, within about 3 km. */
async function wardNear(tx: Tx, at: Point): Promise<string | null> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM ward
    WHERE abs(lat - ${at.lat}) < 0.027 AND abs(lon - ${at.lon}) < 0.045
    ORDER BY (lat - ${at.lat}) ^ 2 + ((lon - ${at.lon}) * 0.6) ^ 2 LIMIT 1`
  return rows[0]?.name ?? null
}
