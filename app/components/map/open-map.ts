import { circleMarker, control, DomEvent, DomUtil, type LatLngBounds, latLngBounds, layerGroup, Map as LeafletMap, point, polygon, polyline, tileLayer } from 'leaflet' // prettier-ignore
import { nameSpot, snapped, type Box } from '#services/kernel/outline.ts'
import { spread } from '#services/kernel/spread.ts'

export interface MapPin {
  n: number
  lat: number
  lon: number
  /** It comes to people, so it has no door to stand at. */
  comes: boolean
}
export interface MapArea {
  name: string
  /** Degrees, flat: longitude, latitude, longitude, … */
  rings: readonly (readonly number[])[]
}

export interface OpenMap {
  centre: { lat: number; lon: number; name: string }
  pins: readonly (MapPin & { name: string })[]
  /** Where pictures come from, with {z}, {x} and {y}. */
  tiles: string | null
  /** Nothing glides. */
  still: boolean
  areasIn: (box: Box) => Promise<readonly MapArea[]>
  onPin: (n: number) => void
  onWrong: (what: 'areas' | 'pictures') => void
}

/** A map that was opened, for the buttons beside it. */
export interface MapInHand {
  move(x: number, y: number): void
  closer(by: number): void
  all(): void
  close(): void
}

/** The country with the sea round it. */
const COUNTRY = latLngBounds([49, -10], [61.5, 3.5])
/** Outlines are drawn to some metres: closer than this they say nothing. Pictures go on. */
const CLOSEST = { alone: 14, withPictures: 18 }
/** A pin and the least space between two, in pixels: each is pressed by a thumb. */
const PITCH = 46
const STEP = 110
const LETTER = 8.6
const LINE = 24

/** Leaflet's map in an element, with pins that are buttons, over the areas of councils. */
export function openMap(element: HTMLElement, options: OpenMap): MapInHand {
  const { centre, tiles, still } = options
  const map = new LeafletMap(element, {
    attributionControl: false,
    zoomControl: false,
    zoomAnimation: false,
    fadeAnimation: false,
    inertia: !still,
    // Somebody who scrolls past it wants to go on down the page.
    scrollWheelZoom: false,
    // Pictures are made for whole steps.
    zoomSnap: tiles ? 1 : 0.25,
    keyboardPanDelta: STEP,
    maxBounds: COUNTRY,
    minZoom: 6,
    maxZoom: tiles ? CLOSEST.withPictures : CLOSEST.alone,
  })
  if (still) {
    const glide = map.panBy.bind(map)
    map.panBy = (offset, how) => glide(offset, { ...how, animate: false })
  }
  // Under pins and their lines, whichever of them is there first.
  map.createPane('areas')
  map.createPane('names')
  const everything = boundsOf(options)
  const all = (): void => {
    map.fitBounds(everything, { padding: [PITCH, PITCH], maxZoom: 14, animate: false })
  }
  all()
  if (tiles) showPictures(map, tiles, () => options.onWrong('pictures'))
  control.scale({ metric: false }).addTo(map)
  circleMarker([centre.lat, centre.lon], { radius: 9, className: 'map-middle', interactive: false }).addTo(
    map,
  )
  const middle = (): Plate[] => {
    const { x, y } = map.latLngToLayerPoint([centre.lat, centre.lon])
    const name = { x, y: y + 26, wide: centre.name.length * LETTER + 12, high: LINE }
    return [{ x, y, wide: 20, high: 20 }, name]
  }
  const heads = showPins(map, options, middle)
  const names = showAreas(map, options, heads)
  return {
    move: (x, y) => map.panBy([x * STEP, y * STEP], { animate: !still }),
    closer: (by) => map.setZoom(map.getZoom() + by, { animate: false }),
    all,
    close() {
      names.close()
      map.remove()
    },
  }
}

const boundsOf = ({ pins, centre }: Pick<OpenMap, 'pins' | 'centre'>): LatLngBounds =>
  latLngBounds([...pins, centre].map(({ lat, lon }) => [lat, lon]))

/** Where pins that make room for each other may stand: in sight, while all pins fit into the map. */
function roomFor(map: LeafletMap, everything: LatLngBounds) {
  const { x, y } = map
    .getSize()
    .divideBy(2)
    .subtract([PITCH / 2, PITCH / 2])
  const middle = map.latLngToLayerPoint(everything.getCenter())
  const room = { left: middle.x - x, right: middle.x + x, top: middle.y - y, bottom: middle.y + y }
  const corner = map.latLngToLayerPoint(everything.getNorthWest())
  return corner.x >= room.left && corner.y >= room.top ? room : null
}

function showPictures(map: LeafletMap, url: string, onWrong: () => void): void {
  const pictures = tileLayer(url, {
    maxZoom: CLOSEST.withPictures,
    className: 'map-pictures',
    // Whoever sends them learns nothing of the page; see the privacy page.
    referrerPolicy: 'no-referrer',
  })
  pictures.once('tileerror', onWrong)
  pictures.addTo(map)
}

interface Plate {
  x: number
  y: number
  wide: number
  high: number
}

/**
 * A button for each pin, where it belongs or beside it with a line when others are in its place.
 * @returns where they stand now, on the screen
 */
function showPins(
  map: LeafletMap,
  { pins, centre, still, onPin }: OpenMap,
  middle: () => Plate[],
): () => Plate[] {
  const pane = map.createPane('pins')
  pane.setAttribute('role', 'group')
  pane.setAttribute('aria-label', 'Results on the map')
  const leads = layerGroup().addTo(map)
  const buttons = pins.map(({ n, comes, name, lat, lon }) => {
    const button = DomUtil.create('button', comes ? 'map-pin comes' : 'map-pin', pane)
    button.type = 'button'
    button.textContent = String(n)
    // The same words twice are read once.
    button.title = button.ariaLabel = `${String(n)}: ${name}`
    // A press on a pin is no press on the map under it.
    DomEvent.disableClickPropagation(button)
    button.addEventListener('click', () => {
      onPin(n)
    })
    button.addEventListener('focus', () => {
      map.panInside([lat, lon], { padding: [PITCH * 2, PITCH * 2], animate: !still })
    })
    return button
  })
  const everything = boundsOf({ pins, centre })
  const title = DomUtil.create('span', 'map-name middle', map.getPane('names'))
  title.textContent = centre.name
  let places: { x: number; y: number }[] = []
  const put = (): void => {
    const spots = pins.map(({ lat, lon }) => map.latLngToLayerPoint([lat, lon]))
    const taken = middle()
    const room = roomFor(map, everything)
    places = spread(spots, { pitch: PITCH, taken, ...(room ? { room } : {}) })
    DomUtil.setPosition(title, point(taken[1] ?? { x: 0, y: 0 }).round())
    leads.clearLayers()
    places.forEach(({ x, y }, i) => {
      const [button, spot, pin] = [buttons[i], spots[i], pins[i]]
      if (!button || !spot || !pin) return
      DomUtil.setPosition(button, spot.subtract([spot.x - x, spot.y - y]).round())
      if (Math.hypot(x - spot.x, y - spot.y) < 1) return
      const from = [pin.lat, pin.lon] as [number, number]
      polyline([from, map.layerPointToLatLng([x, y])], { className: 'map-lead', interactive: false }).addTo(
        leads,
      )
      circleMarker(from, { radius: 4, className: 'map-dot', interactive: false }).addTo(leads)
    })
  }
  map.on('zoomend viewreset', put)
  put()
  return () =>
    [...places.map((place) => ({ ...place, wide: PITCH, high: PITCH })), ...middle()].map((plate) => {
      const { x, y } = map.layerPointToContainerPoint([plate.x, plate.y])
      return { ...plate, x, y }
    })
}

/** The areas of councils under the map's view, fetched as it moves, each with its name where there is room. */
function showAreas(map: LeafletMap, options: OpenMap, heads: () => Plate[]): { close(): void } {
  const outlines = layerGroup().addTo(map)
  const pane = map.getPane('names')
  pane?.setAttribute('aria-hidden', 'true')
  const className = options.tiles ? 'map-area over-pictures' : 'map-area'
  let areas: readonly MapArea[] = []
  let written: HTMLElement[] = []
  let asked = ''
  let open = true

  const write = (): void => {
    for (const old of written) old.remove()
    written = []
    const { x: wide, y: high } = map.getSize()
    const taken = heads()
    for (const { name, rings } of areas) {
      const seen = rings.map((ring) => onScreen(map, ring))
      const size = { wide: name.length * LETTER + 12, high: LINE }
      const at = nameSpot(seen, { wide, high }, size, taken)
      if (!at) continue
      taken.push({ ...at, ...size })
      const words = DomUtil.create('span', 'map-name', pane)
      written.push(words)
      words.textContent = name
      DomUtil.setPosition(words, map.containerPointToLayerPoint([at.x, at.y]).round())
    }
  }
  const look = async (): Promise<void> => {
    const view = map.getBounds()
    const box = snapped({
      west: view.getWest(),
      south: view.getSouth(),
      east: view.getEast(),
      north: view.getNorth(),
    })
    const key = Object.values(box).join()
    if (key === asked) return
    asked = key
    try {
      const answer = await options.areasIn(box)
      // Something else was asked for meanwhile.
      if (!open || key !== asked) return
      areas = answer
      outlines.clearLayers()
      for (const { rings } of areas)
        polygon(
          rings.map((ring) => pairs(ring).map(([lon, lat]): [number, number] => [lat, lon])),
          { pane: 'areas', className, interactive: false },
        ).addTo(outlines)
    } catch {
      if (open) options.onWrong('areas')
      asked = ''
    }
  }
  const moved = (): void => {
    void look().then(() => {
      if (open) write()
    })
  }
  map.on('moveend', moved)
  moved()
  return {
    close() {
      open = false
    },
  }
}

const pairs = (ring: readonly number[]): [number, number][] =>
  Array.from({ length: ring.length / 2 }, (_, at) => [ring[2 * at] ?? 0, ring[2 * at + 1] ?? 0])

const onScreen = (map: LeafletMap, ring: readonly number[]): number[] =>
  pairs(ring).flatMap(([lon, lat]) => {
    const { x, y } = map.latLngToContainerPoint([lat, lon])
    return [x, y]
  })
