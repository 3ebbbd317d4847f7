/** Which of the four arrangements of a family is drawn. */
export type Arrangement = 0 | 1 | 2 | 3
/** Which of the two middle marks is drawn. */
export type Mark = 0 | 1

/** Path data by colour slot, painted in this order: second, main, ground over main, accent. */
export interface Drawing {
  s?: string
  m: string
  g?: string
  a?: string
}
type Draw = (v: Arrangement, m: Mark) => Drawing
type Four<T> = readonly [T, T, T, T]

const poly = (...n: number[]): string => `M${n.slice(0, 2).join(' ')}L${n.slice(2).join(' ')}Z`
const rect = (x: number, y: number, w: number, h = w): string =>
  `M${String(x)} ${String(y)}h${String(w)}v${String(h)}h${String(-w)}Z`
const disc = (x: number, y: number, r: number): string =>
  `M${String(x - r)} ${String(y)}a${String(r)} ${String(r)} 0 1 0 ${String(2 * r)} 0a${String(r)} ${String(r)} 0 1 0 ${String(-2 * r)} 0Z`
const diamond = (x: number, y: number, r: number): string =>
  `M${String(x)} ${String(y - r)}l${String(r)} ${String(r)}l${String(-r)} ${String(r)}l${String(-r)} ${String(-r)}Z`
/** Leaf from one corner of a square to the other. */
function leaf(x0: number, y0: number, x1: number, y1: number): string {
  const r = String(Math.abs(x1 - x0))
  const arc = (x: number, y: number) => `A${r} ${r} 0 0 1 ${String(x)} ${String(y)}`
  return `M${String(x0)} ${String(y0)}${arc(x1, y1)}${arc(x0, y0)}Z`
}
/** Quarter disc of radius r whose right angle sits at (x, y), opening towards (dx, dy). */
const quarter = (x: number, y: number, r: number, dx: 1 | -1, dy: 1 | -1): string =>
  `M${String(x)} ${String(y)}h${String(dx * r)}A${String(r)} ${String(r)} 0 0 ${dx * dy > 0 ? '1' : '0'} ${String(x)} ${String(y + dy * r)}Z`

const star: Draw = (v, m) => {
  const points: Four<string> = [
    poly(16, 0, 32, 16, 16, 16) +
      poly(48, 0, 48, 16, 32, 16) +
      poly(64, 16, 48, 32, 48, 16) +
      poly(64, 48, 48, 48, 48, 32) +
      poly(48, 64, 32, 48, 48, 48) +
      poly(16, 64, 16, 48, 32, 48) +
      poly(0, 48, 16, 32, 16, 48) +
      poly(0, 16, 16, 16, 16, 32),
    poly(32, 0, 48, 16, 16, 16) +
      poly(64, 32, 48, 48, 48, 16) +
      poly(32, 64, 16, 48, 48, 48) +
      poly(0, 32, 16, 16, 16, 48),
    poly(16, 0, 48, 16, 16, 16) +
      poly(64, 16, 48, 48, 48, 16) +
      poly(48, 64, 16, 48, 48, 48) +
      poly(0, 48, 16, 16, 16, 48),
    poly(32, 2, 42, 22, 62, 32, 42, 42, 32, 62, 22, 42, 2, 32, 22, 22),
  ]
  const corners = rect(0, 0, 16) + rect(48, 0, 16) + rect(0, 48, 16) + rect(48, 48, 16)
  return {
    s: v === 3 ? corners : rect(16, 16, 32),
    m: points[v],
    g: m ? disc(32, 32, 9) : diamond(32, 32, 12),
    a: m ? diamond(32, 32, 5) : disc(32, 32, 4),
  }
}

const ninePatch: Draw = (v, m) => {
  const q = (column: number, row: number) => rect(4 + column * 19, 4 + row * 19, 18)
  const cross = q(0, 0) + q(2, 0) + q(0, 2) + q(2, 2)
  const plus = q(1, 0) + q(0, 1) + q(2, 1) + q(1, 2)
  const at: Four<Drawing> = [
    { m: cross, s: plus },
    { m: plus, s: cross },
    { m: q(0, 0) + q(2, 2) + q(0, 2), s: q(1, 0) + q(2, 1) + q(2, 0) },
    { m: cross + q(1, 0) + q(1, 2), s: q(0, 1) + q(2, 1) },
  ]
  return { ...at[v], a: m ? q(1, 1) : diamond(32, 32, 9) }
}

const petals: Draw = (v, m) => {
  const flower = leaf(32, 32, 0, 0) + leaf(32, 32, 64, 0) + leaf(32, 32, 64, 64) + leaf(32, 32, 0, 64)
  const ring = leaf(0, 32, 32, 0) + leaf(32, 0, 64, 32) + leaf(64, 32, 32, 64) + leaf(32, 64, 0, 32)
  const at: Four<Drawing> = [
    { m: flower },
    { m: ring, s: disc(32, 32, 8) },
    { m: leaf(0, 0, 32, 32) + leaf(32, 32, 64, 64), s: leaf(32, 0, 64, 32) + leaf(0, 32, 32, 64) },
    { m: leaf(0, 0, 32, 32) + leaf(64, 0, 32, 32), s: leaf(0, 64, 32, 32) + leaf(64, 64, 32, 32) },
  ]
  const dots = disc(32, 6, 4) + disc(58, 32, 4) + disc(32, 58, 4) + disc(6, 32, 4)
  return { ...at[v], a: m ? disc(32, 32, 5) : v === 1 ? disc(32, 32, 4) : dots }
}

const geese: Draw = (v, m) => {
  const up = (x: number, y: number, w = 32, h = 16) => poly(x, y + h, x + w / 2, y, x + w, y + h)
  const down = (x: number, y: number, w = 32, h = 16) => poly(x, y, x + w / 2, y + h, x + w, y)
  const rows = [0, 16, 32, 48]
  const flock = (one: (y: number) => string): Drawing => ({
    m: rows
      .filter((_, i) => m === 1 || i % 2 === 0)
      .map(one)
      .join(''),
    s: m
      ? ''
      : rows
          .filter((_, i) => i % 2 === 1)
          .map(one)
          .join(''),
  })
  const turning: Drawing = {
    m: up(0, 0) + up(0, 16) + down(32, 32) + down(32, 48),
    s:
      poly(32, 0, 48, 16, 32, 32) +
      poly(48, 0, 64, 16, 48, 32) +
      poly(16, 32, 0, 48, 16, 64) +
      poly(32, 32, 16, 48, 32, 64),
  }
  const at: Four<() => Drawing> = [
    () => flock((y) => up(0, y) + up(32, y)),
    () => flock((y) => up(0, y) + down(32, y)),
    () => flock((y) => up(0, y, 64)),
    () => turning,
  ]
  return { ...at[v](), a: v === 2 ? diamond(8, 8, 5) + diamond(56, 8, 5) : diamond(32, 32, 5) }
}

const rings: Draw = (v, m) => {
  const shapes: Four<(r: number) => string> = [
    (r) =>
      quarter(32, 32, r, -1, -1) +
      quarter(32, 32, r, 1, -1) +
      quarter(32, 32, r, 1, 1) +
      quarter(32, 32, r, -1, 1),
    (r) =>
      quarter(0, 0, r, 1, 1) +
      quarter(64, 0, r, -1, 1) +
      quarter(64, 64, r, -1, -1) +
      quarter(0, 64, r, 1, -1),
    (r) =>
      quarter(0, 32, r, 1, -1) +
      quarter(32, 32, r, 1, -1) +
      quarter(32, 32, r, -1, 1) +
      quarter(64, 32, r, -1, 1),
    (r) =>
      quarter(0, 0, r, 1, 1) +
      quarter(32, 32, r, 1, -1) +
      quarter(64, 64, r, -1, -1) +
      quarter(32, 32, r, -1, 1),
  ]
  const set = shapes[v]
  return { s: m ? set(31) : '', m: set(m ? 25 : 28), g: set(m ? 15 : 18), a: set(m ? 8 : 10) }
}

const pinwheel: Draw = (v, m) => {
  const wheel = (x: number, y: number, h: number) =>
    m
      ? poly(x, y, x, y - h, x + h, y - h) +
        poly(x, y, x + h, y, x + h, y + h) +
        poly(x, y, x, y + h, x - h, y + h) +
        poly(x, y, x - h, y, x - h, y - h)
      : poly(x, y, x, y - h, x - h, y - h) +
        poly(x, y, x + h, y, x + h, y - h) +
        poly(x, y, x, y + h, x + h, y + h) +
        poly(x, y, x - h, y, x - h, y + h)
  const edge =
    poly(0, 0, 32, 0, 16, 16) +
    poly(64, 0, 64, 32, 48, 16) +
    poly(64, 64, 32, 64, 48, 48) +
    poly(0, 64, 0, 32, 16, 48)
  const at: Four<Drawing> = [
    { m: wheel(32, 32, 32), a: disc(32, 32, 4) },
    {
      m: wheel(16, 16, 16) + wheel(48, 48, 16),
      s: wheel(48, 16, 16) + wheel(16, 48, 16),
      a: disc(32, 32, 3),
    },
    { s: edge, m: wheel(32, 32, 24), a: disc(32, 32, 4) },
    { m: wheel(32, 32, 32), s: diamond(32, 32, 13), a: diamond(32, 32, 6) },
  ]
  return at[v]
}

const logCabin: Draw = (v, m) => {
  const step = (i: number) => rect(i, i, 8, 64 - 2 * i) + rect(i + 8, i, 56 - 2 * i, 8)
  const ends = (i: number) => rect(i, i, 64 - 2 * i, 7) + rect(i, 57 - i, 64 - 2 * i, 7)
  const sides = (i: number) => rect(i, i + 8, 7, 48 - 2 * i) + rect(57 - i, i + 8, 7, 48 - 2 * i)
  const frame = (i: number) => {
    const inner = String(50 - 2 * i)
    return `${rect(i, i, 64 - 2 * i)}M${String(i + 7)} ${String(i + 7)}v${inner}h${inner}v${String(-(50 - 2 * i))}Z`
  }
  const corner = (i: number) => rect(i, i, 64 - i, 7) + rect(i, i + 7, 7, 57 - i)
  const at: Four<Drawing> = [
    { m: step(0) + step(16), s: step(8) + rect(56, 8, 8, 56) + rect(8, 56, 48, 8) },
    { m: ends(0) + ends(16), s: sides(0) + sides(8) + sides(16) },
    { m: corner(0) + corner(32), s: corner(16) + corner(48) },
    { m: frame(0) + frame(18), s: frame(9) },
  ]
  return { ...at[v], a: v === 2 ? rect(53, 53, 11) : m ? rect(26, 26, 12) : diamond(32, 32, 8) }
}

const bars: Draw = (v, m) => {
  const bar = (x: number, w: number) => rect(x, 0, w, 64)
  /** Diagonal band where a <= x + y <= b; a period of 32 keeps the repeated cloth without seams. */
  const band = (a: number, b: number) =>
    b <= 64 ? poly(a, 0, b, 0, 0, b, 0, a) : poly(64, a - 64, 64, b - 64, b - 64, 64, a - 64, 64)
  const at: Four<Drawing> = [
    { m: bar(0, 16) + bar(32, 16), s: m ? bar(20, 8) + bar(52, 8) : '' },
    { m: bar(0, 22) + bar(42, 22), s: bar(28, 8), a: m ? bar(31, 2) : '' },
    {
      m: poly(0, 0, 16, 0, 0, 16) + band(32, 48) + poly(64, 0, 64, 16, 16, 64, 0, 64) + band(96, 112),
      s: m ? band(20, 28) + band(84, 92) : '',
    },
    {
      m: bar(0, 8) + bar(16, 8) + bar(32, 8) + bar(48, 8),
      s: m ? rect(0, 24, 64, 16) : rect(0, 48, 64, 16),
    },
  ]
  return at[v]
}

const hourglass: Draw = (v, m) => {
  const tall = (x: number, y: number, r: number) =>
    poly(x, y, x - r, y - r, x + r, y - r) + poly(x, y, x - r, y + r, x + r, y + r)
  const wide = (x: number, y: number, r: number) =>
    poly(x, y, x - r, y - r, x - r, y + r) + poly(x, y, x + r, y - r, x + r, y + r)
  const at: Four<Drawing> = [
    { m: tall(16, 16, 16) + tall(48, 48, 16), s: wide(48, 16, 16) + wide(16, 48, 16) },
    { m: tall(32, 32, 32), a: m ? diamond(32, 32, 9) : disc(32, 32, 7) },
    {
      m: tall(32, 32, 32),
      s: wide(32, 32, 32),
      g: rect(20, 20, 24),
      a: m ? rect(26, 26, 12) : diamond(32, 32, 8),
    },
    {
      m: tall(16, 16, 16) + tall(48, 16, 16) + tall(16, 48, 16) + tall(48, 48, 16),
      a: diamond(32, 32, m ? 7 : 4),
    },
  ]
  return at[v]
}

/** One family of patterns for each kind of provider. A change here changes faces that people know: do not. */
export const FAMILIES = {
  Star: star,
  'Nine patch': ninePatch,
  Petals: petals,
  Geese: geese,
  Rings: rings,
  Pinwheel: pinwheel,
  'Log cabin': logCabin,
  Bars: bars,
  Hourglass: hourglass,
} as const satisfies Record<string, Draw>
export type Family = keyof typeof FAMILIES
