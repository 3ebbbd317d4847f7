export interface Spot {
  x: number
  y: number
}

/** Half a pitch from ring to ring: beyond these nothing is near any more. */
const RINGS = 24

export interface Ground {
  /** How far apart two marks have to be: they are as wide as that. */
  pitch: number
  /** Where they may stand; everywhere when it is not given. */
  room?: { left: number; top: number; right: number; bottom: number }
  /** What they must not cover, by its middle. */
  taken?: readonly { x: number; y: number; wide: number; high: number }[]
}

/**
 * Places for marks of one size, each as near to its own spot as can be without two of them meeting: those that nobody is
 * near stay where they are, the others make room in the order that they come in. The same spots give the same places.
 */
export function spread(spots: readonly Spot[], { pitch, room, taken = [] }: Ground): Spot[] {
  const allowed = ({ x, y }: Spot): boolean =>
    (!room || (x >= room.left && x <= room.right && y >= room.top && y <= room.bottom)) &&
    !taken.some(
      (plate) =>
        Math.abs(plate.x - x) < (plate.wide + pitch) / 2 && Math.abs(plate.y - y) < (plate.high + pitch) / 2,
    )
  const places: (Spot | null)[] = spots.map((spot, i) =>
    !allowed(spot) || spots.some((other, j) => i !== j && near(spot, other, pitch)) ? null : spot,
  )
  const free = (spot: Spot): boolean =>
    allowed(spot) && !places.some((other) => other && near(other, spot, pitch))
  spots.forEach((spot, i) => {
    places[i] ??= around(spot, pitch).find(free) ?? spot
  })
  return places.map((place, i) => place ?? spots[i] ?? { x: 0, y: 0 })
}

const near = (a: Spot, b: Spot, pitch: number): boolean => Math.hypot(a.x - b.x, a.y - b.y) < pitch - 0.01

/** The spot itself, then rings round it, from the nearest outwards. */
function around({ x, y }: Spot, pitch: number): Spot[] {
  const all = [{ x, y }]
  for (let ring = 1; ring <= RINGS; ring += 1)
    for (let step = 0; step < 6 * ring; step += 1) {
      const angle = (Math.PI * step) / (3 * ring) - Math.PI / 2
      const far = (pitch * ring) / 2
      all.push({ x: x + far * Math.cos(angle), y: y + far * Math.sin(angle) })
    }
  return all
}
