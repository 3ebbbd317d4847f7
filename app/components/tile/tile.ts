import { FAMILIES, type Arrangement, type Family, type Mark } from './families.ts'

interface KindOfProvider {
  label: string
  /** What the kind means, in a few words. */
  meaning: string
  family: Family
  /** Ground, main, second, accent: the same in light and dark. */
  palette: readonly [string, string, string, string]
}

/** In the order of every legend, chart and table. */
export const KINDS = {
  user_led_organisation: {
    label: 'User-led organisation',
    meaning: 'run by the people it is for',
    family: 'Star',
    palette: ['#F8E7BC', '#5A2853', '#E39A17', '#B05B92'],
  },
  community_group: {
    label: 'Community group',
    meaning: 'neighbours, mostly unpaid',
    family: 'Nine patch',
    palette: ['#F9EBCB', '#865400', '#E5AE35', '#2F6B5A'],
  },
  charity: {
    label: 'Charity',
    meaning: 'for a cause, run by trustees',
    family: 'Petals',
    palette: ['#F9E0D4', '#9C3D1E', '#DD8660', '#5A2853'],
  },
  social_enterprise: {
    label: 'Social enterprise',
    meaning: 'a business that serves a purpose',
    family: 'Geese',
    palette: ['#DCEDE5', '#0B5A57', '#4C9D8D', '#F0B541'],
  },
  cooperative: {
    label: 'Co-operative',
    meaning: 'owned by its workers or members',
    family: 'Rings',
    palette: ['#E8EED3', '#43591C', '#8DA24A', '#DD8660'],
  },
  micro_enterprise: {
    label: 'Micro-enterprise',
    meaning: 'very small, often one or two people',
    family: 'Pinwheel',
    palette: ['#F8DFE4', '#8C2B4E', '#D77E98', '#F0B541'],
  },
  personal_assistant: {
    label: 'Personal assistant',
    meaning: 'one person you choose and direct',
    family: 'Log cabin',
    palette: ['#E6E1F3', '#493C7C', '#9788C6', '#E39A17'],
  },
  private_company: {
    label: 'Private company',
    meaning: 'owned by its shareholders',
    family: 'Bars',
    palette: ['#DFE7EE', '#2B4A66', '#7798B4', '#C8A36A'],
  },
  council_service: {
    label: 'Council service',
    meaning: 'run by the council itself',
    family: 'Hourglass',
    palette: ['#EAE5D8', '#3D4240', '#8B8A7C', '#0B5A57'],
  },
} as const satisfies Record<string, KindOfProvider>

export type KnownKind = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as KnownKind[]

/** Linen and the thread round it: the tile of a place not yet claimed. */
export const LINEN = ['#F3ECDC', '#6A6F63'] as const

const isKnown = (kind: string): kind is KnownKind => Object.hasOwn(KINDS, kind)

/** The kind in words; it always stands beside a tile. */
export const kindLabel = (kind: string): string => (isKnown(kind) ? KINDS[kind].label : 'Not yet claimed')

/** FNV-1a over UTF-8, then the finaliser of murmur3 so that the low bits are well mixed. */
export function hash(text: string): number {
  let h = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

export interface Choices {
  /** Arrangement. */
  v: Arrangement
  /** Quarter turns. */
  r: Arrangement
  /** Colour order: 0 as listed, 1 ground and main change places, 2 second and accent change places. */
  c: 0 | 1 | 2
  m: Mark
}

/** The choices that make one tile. */
export function choices(id: string, kind: KnownKind): Choices {
  const h = hash(`${kind}:${id}`)
  return {
    v: (h & 3) as Arrangement,
    r: ((h >>> 2) & 3) as Arrangement,
    c: ((h >>> 4) % 3) as 0 | 1 | 2,
    m: ((h >>> 12) & 1) as Mark,
  }
}

const path = (fill: string, data: string | undefined): string =>
  data ? `<path fill="${fill}" d="${data}"/>` : ''

function draw(kind: KnownKind, { v, r, c, m }: Choices): string {
  const { palette: p, family } = KINDS[kind]
  const [ground, main, second, accent] =
    c === 1 ? [p[1], p[0], p[2], p[3]] : c === 2 ? [p[0], p[1], p[3], p[2]] : p
  const d = FAMILIES[family](v, m)
  const drawn = path(second, d.s) + path(main, d.m) + path(ground, d.g) + path(accent, d.a)
  const turned = r ? `<g transform="rotate(${String(r * 90)} 32 32)">${drawn}</g>` : drawn
  return `<path fill="${ground}" d="M0 0h64v64H0z"/>${turned}`
}

const unclaimed =
  `<path fill="${LINEN[0]}" d="M0 0h64v64H0z"/>` +
  `<path fill="none" stroke="${LINEN[1]}" stroke-width="2.5" stroke-dasharray="6 4" d="M9 9h46v46H9z"/>`

/** There are 96 tiles for each kind, so each is drawn once and kept. */
const drawnBefore = new Map<string, string>()

/**
 * The inside of a tile in a box of 64 × 64, as SVG: the avatar, the quilt and the market's cloth share it.
 * A pure function of id and kind; the id itself never appears in what it returns.
 */
export function tileInner(id: string, kind: string): string {
  if (!isKnown(kind)) return unclaimed
  const choice = choices(id, kind)
  const key = `${kind}${String(choice.v)}${String(choice.r)}${String(choice.c)}${String(choice.m)}`
  const before = drawnBefore.get(key)
  if (before !== undefined) return before
  const drawn = draw(kind, choice)
  drawnBefore.set(key, drawn)
  return drawn
}
