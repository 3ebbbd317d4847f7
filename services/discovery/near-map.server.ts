import type { Db } from '#services/db/client.server.ts'
import { roughly } from '#services/kernel/geo.ts'
import type { MapTiles } from '#services/map-tiles.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { SearchHit } from '#services/ports/search.ts'
import { areasIn } from './boundaries.server.ts'
import type { FoundPlace } from './find-place.server.ts'
import { type NearMapWords, nearMapWords } from './near-map-words.ts'
import { boxOfNearMap, nearDrawing, type MapPin, type NearDrawing } from './near-map.rules.ts'

/** The map beside results. */
export interface NearMap {
  centre: { lat: number; lon: number; name: string }
  pins: MapPin[]
  drawing: Omit<NearDrawing, 'areas'>
  /** Pictures of the country, for the map that moves; null without a server of them. */
  tiles: Pick<MapTiles, 'url' | 'credit'> | null
  words: NearMapWords
}

/** To about a metre. */
const metre = (degrees: number): number => Math.round(degrees * 1e5) / 1e5

/**
 * Where a hit stands on a map: a venue at its door; whoever comes to people about where they set out from, to a kilometre, because that
 * may be their home. Online support stands nowhere.
 */
function pinOf({ point, comesToYou, setting }: SearchHit, n: number): MapPin[] {
  if (!point || setting === 'online') return []
  const comes = comesToYou || setting === 'at_home' || setting === 'live_in'
  const { lat, lon } = comes ? roughly(point) : point
  return [{ n, lat: metre(lat), lon: metre(lon), comes }]
}

/** The map of a page of results about a place; null when none of them stands anywhere. The numbers are those of the cards. */
export async function nearMap(
  { db, settings }: Pick<Deps, 'settings'> & { db: Db },
  place: FoundPlace,
  hits: readonly SearchHit[],
  from: number,
): Promise<NearMap | null> {
  const pins = hits.flatMap((hit, index) => pinOf(hit, from + index + 1))
  if (pins.length === 0) return null
  const centre = { lat: place.point.lat, lon: place.point.lon, name: place.label }
  const areas = await areasIn(db, boxOfNearMap(centre, pins))
  const { areas: names, ...drawing } = nearDrawing(centre, pins, areas)
  const drawn = new Set(names)
  const sources = areas.filter(({ name }) => drawn.has(name)).map(({ source }) => source)
  const { mapTiles } = settings
  return {
    centre,
    pins,
    drawing,
    tiles: mapTiles && { url: mapTiles.url, credit: mapTiles.credit },
    words: nearMapWords(centre.name, pins, {
      areas: [...drawn],
      sources: [...new Set(sources)],
      host: mapTiles && new URL(mapTiles.origin).host,
    }),
  }
}
