import { useEffect, useRef, useState } from 'react'
import type { Box } from '#services/kernel/outline.ts'
import { Button } from '../button/button.tsx'
import { openMap, type MapArea, type MapInHand, type MapPin } from './open-map.ts'

export interface MovingMapProps {
  centre: { lat: number; lon: number; name: string }
  pins: readonly MapPin[]
  /** A server of pictures; null: outlines of councils alone. */
  tiles: { url: string; credit: readonly { words: string; href: string | null }[] } | null
  areasIn: (box: Box) => Promise<readonly MapArea[]>
  /** What stands on the card with that number. */
  nameOf: (n: number) => string
  /** Says something in the line under the map. */
  say: (words: string) => void
}

const MOVES = [
  ['Move the map up', '↑', 0, -1],
  ['Move the map down', '↓', 0, 1],
  ['Move the map left', '←', -1, 0],
  ['Move the map right', '→', 1, 0],
] as const

const SAYS = {
  areas: 'The outlines of councils did not come. The pins and the list are whole.',
  pictures: 'Some pictures of the map did not come. The pins and the list are whole.',
}

/** The card of a result, brought into sight and marked; only one is. */
function goTo(n: number): void {
  for (const marked of document.querySelectorAll('.result[data-marked]'))
    marked.removeAttribute('data-marked')
  const card = document.getElementById(`result-${String(n)}`)
  if (!card) return
  card.setAttribute('data-marked', '')
  card.scrollIntoView({ block: 'center' })
  card.querySelector('a')?.focus({ preventScroll: true })
}

/** A map to move about in: by keyboard, by buttons or by dragging. It is a second way to the list and never the only one. */
export function MovingMap({ centre, pins, tiles, areasIn, nameOf, say }: MovingMapProps) {
  const place = useRef<HTMLDivElement>(null)
  const [inHand, setInHand] = useState<MapInHand | null>(null)
  const asks = useRef({ areasIn, nameOf, say })
  asks.current = { areasIn, nameOf, say }
  // What is shown decides, not which object it came in: a page that is read again has new ones.
  const shown = JSON.stringify([centre, pins, tiles?.url])
  useEffect(() => {
    if (!place.current) return
    const [middle, marks, url] = JSON.parse(shown) as [typeof centre, typeof pins, string | null]
    const map = openMap(place.current, {
      centre: middle,
      pins: marks.map((pin) => ({ ...pin, name: asks.current.nameOf(pin.n) })),
      tiles: url,
      still: matchMedia('(prefers-reduced-motion: reduce)').matches,
      areasIn: (box) => asks.current.areasIn(box),
      onPin: goTo,
      onWrong: (what) => {
        asks.current.say(SAYS[what])
      },
    })
    setInHand(map)
    return () => {
      map.close()
    }
  }, [shown])
  useEffect(() => {
    // The button that was pressed is gone.
    place.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <div className="row-s map-moves" role="group" aria-label="Move the map">
        {MOVES.map(([words, arrow, x, y]) => (
          <Button key={words} type="button" kind="second" size="small" onPress={() => inHand?.move(x, y)}>
            <span aria-hidden="true">{arrow}</span>
            <span className="vh">{words}</span>
          </Button>
        ))}
        <Button type="button" kind="second" size="small" onPress={() => inHand?.closer(1)}>
          <span aria-hidden="true">+</span>
          <span className="vh">Closer</span>
        </Button>
        <Button type="button" kind="second" size="small" onPress={() => inHand?.closer(-1)}>
          <span aria-hidden="true">−</span>
          <span className="vh">Further away</span>
        </Button>
        <Button type="button" kind="second" size="small" onPress={() => inHand?.all()}>
          All<span className="vh"> results on the map</span>
        </Button>
      </div>
      <div
        className="moving-map"
        ref={place}
        tabIndex={0}
        role="region"
        aria-label={`Map of the results around ${centre.name}`}
        aria-describedby="map-keys"
      />
      {tiles ? (
        <p className="small">
          {tiles.credit.map(({ words, href }, at) => (
            <span key={at}>{href ? <a href={href}>{words}</a> : words}</span>
          ))}
        </p>
      ) : null}
      <p className="small soft" id="map-keys">
        Press a pin to go to it in the list. Arrow keys move the map, + and − bring it closer and further
        away.
      </p>
    </>
  )
}
