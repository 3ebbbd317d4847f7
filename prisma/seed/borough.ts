import type { Prisma } from '#services/db/generated/client.ts'
import { near, type Kit, type Point } from './kit.ts'
import { outlineOf } from './outlines.ts'

export type CouncilSlug = 'aldermere' | 'thornhaugh'

interface Ground {
  name: string
  population: number
  phone: string
  urgentPhone: string
  /** A made-up GSS code: no country's begins with X. */
  areaCode: string
  /** Ward, latitude, longitude, the outcode its addresses have. */
  wards: readonly (readonly [string, number, number, string])[]
}

/** Two neighbouring boroughs that do not exist, on moorland; Royal Mail uses neither AM nor TH. */
export const GROUNDS: Record<CouncilSlug, Ground> = {
  aldermere: {
    name: 'Aldermere',
    population: 118_400,
    phone: '01632 960100',
    urgentPhone: '01632 960199',
    areaCode: 'X08000901',
    wards: [
      ['Northfields', 53.5772, -1.8654, 'AM4'],
      ['Quarry Bank', 53.5781, -1.8302, 'AM5'],
      ['Moorend', 53.5744, -1.7951, 'AM6'],
      ['Castle Hill', 53.5597, -1.8727, 'AM4'],
      ['St Anne’s', 53.5612, -1.8413, 'AM2'],
      ['Old Town', 53.5588, -1.8236, 'AM1'],
      ['Millgate', 53.5521, -1.8309, 'AM1'],
      ['Weavers', 53.5493, -1.8066, 'AM3'],
      ['Harrow Green', 53.5566, -1.7874, 'AM7'],
      ['Lockside', 53.5397, -1.8571, 'AM8'],
      ['Fenside', 53.5331, -1.8247, 'AM9'],
      ['Brook End', 53.5352, -1.7908, 'AM9'],
    ],
  },
  thornhaugh: {
    name: 'Thornhaugh',
    population: 64_900,
    phone: '01632 960800',
    urgentPhone: '01632 960899',
    areaCode: 'X08000902',
    wards: [
      ['Thorn Cross', 53.5441, -1.7236, 'TH1'],
      ['Saltergate', 53.5389, -1.7098, 'TH1'],
      ['Haugh Meadow', 53.5278, -1.7314, 'TH2'],
      ['Marlpit', 53.5204, -1.7081, 'TH3'],
      ['Kiln Bank', 53.5563, -1.7052, 'TH4'],
      ['Withy Lane', 53.5166, -1.7402, 'TH2'],
    ],
  },
}

export interface WardSeed {
  name: string
  council: CouncilSlug
  point: Point
  outcode: string
}
export interface Address {
  addressLine: string
  postcode: string
  ward: WardSeed
  point: Point
}
export interface Borough {
  councilId: Record<CouncilSlug, string>
  wards: readonly WardSeed[]
  wardNamed(name: string): WardSeed
  /** A home or an office in a ward: street, postcode, point. */
  address(ward: WardSeed): Address
  rows: {
    council: Prisma.CouncilCreateManyInput[]
    ward: Prisma.WardCreateManyInput[]
    area: Prisma.AreaCreateManyInput[]
    boundary: Prisma.AreaBoundaryCreateManyInput[]
    outcode: Prisma.OutcodeCreateManyInput[]
    postcode: Prisma.PostcodeCreateManyInput[]
  }
}

const STREETS = [
  'Tenter Row', 'Bobbin Lane', 'Cropper Street', 'Fuller’s Walk', 'Dyehouse Lane', 'Teasel Close', 'Shuttle Street',
  'Heddle Court', 'Lark Rise', 'Sluice Road', 'Packhorse Lane', 'Kestrel Avenue', 'Rowan Terrace', 'Selvedge Street',
  'Moss Side View', 'Carding Place', 'Heron Way', 'Hawthorn Bank', 'Wool Loft Yard', 'Curlew Drive', 'Ginnel Top',
  'Lower Fold', 'Peat Lane', 'Sorrel Gardens', 'Damson Grove', 'Bellows Court',
] // prettier-ignore
/** Royal Mail's inward letters: no C, I, K, M, O, V. */
const UNITS = ['AA', 'AB', 'AD', 'AE', 'AF', 'BA', 'BB', 'BD', 'BE', 'DA', 'DB', 'DE']

/** Councils, wards and made-up postcodes: enough that a search near "AM1 2AB" works before any import. */
export function makeBorough({ rng, id, nowMs }: Kit): Borough {
  const rows: Borough['rows'] = { council: [], ward: [], area: [], boundary: [], outcode: [], postcode: [] }
  const councilId = {} as Record<CouncilSlug, string>
  const wards: WardSeed[] = []
  const known = new Map<string, { postcode: string; point: Point }[]>()

  for (const slug of ['aldermere', 'thornhaugh'] as const) {
    const ground = GROUNDS[slug]
    const council = id(nowMs)
    councilId[slug] = council
    rows.council.push({
      id: council,
      slug,
      name: `${ground.name} Council`,
      areaCode: ground.areaCode,
      phone: ground.phone,
      urgentPhone: ground.urgentPhone,
      population: ground.population,
    })
    rows.area.push({ code: ground.areaCode, name: ground.name, kind: 'metropolitan_district' })
    rows.boundary.push(outlineOf(slug, ground.areaCode))
    for (const [name, lat, lon, outcode] of ground.wards) {
      rows.ward.push({ id: id(nowMs), councilId: council, name, lat, lon })
      wards.push({ name, council: slug, point: { lat, lon }, outcode })
    }
    for (const outcode of new Set(ground.wards.map(([, , , code]) => code))) {
      const inIt = wards.filter((ward) => ward.council === slug && ward.outcode === outcode)
      const all: Point[] = []
      for (let sector = 1; sector <= 4; sector += 1) {
        const ward = inIt[(sector - 1) % inIt.length] as WardSeed
        for (const unit of UNITS) {
          const point = near(rng, ward.point, 750)
          const postcode = `${outcode} ${String(sector)}${unit}`
          all.push(point)
          known.set(ward.name, [...(known.get(ward.name) ?? []), { postcode, point }])
          const { lat, lon } = point
          rows.postcode.push({ postcode, outcode, lat, lon, districtCode: ground.areaCode })
        }
      }
      const mean = (of: (point: Point) => number): number =>
        all.reduce((sum, point) => sum + of(point), 0) / all.length
      rows.outcode.push({
        outcode,
        lat: mean((point) => point.lat),
        lon: mean((point) => point.lon),
        postcodes: all.length,
        district: ground.name,
      })
    }
  }
  return {
    councilId,
    wards,
    rows,
    wardNamed(name) {
      const ward = wards.find((one) => one.name === name)
      if (!ward) throw new Error(`No ward is called ${name}`)
      return ward
    },
    address(ward) {
      const { postcode, point } = rng.pick(known.get(ward.name) ?? [])
      return {
        addressLine: `${String(rng.int(1, 140))} ${rng.pick(STREETS)}`,
        postcode,
        ward,
        point: near(rng, point, 120),
      }
    },
  }
}
