import { Form, useLocation } from '@remix-run/react'
import { type ComponentType, useEffect, useState } from 'react'
import { Button } from '../button/button.tsx'
import { NearMap, type NearMapProps } from '../charts/near-map.tsx'
import type { MovingMapProps } from './moving-map.tsx'

interface Shown extends Pick<MovingMapProps, 'centre' | 'pins' | 'tiles'> {
  drawing: NearMapProps['drawing']
  words: {
    /** The picture in words. */
    label: string
    marks: string
    rings: string
    /** Whom to thank for the outlines of areas. */
    thanks: string
    /** Who sees what once the map moves. */
    seen: string
    coming: string
    failed: string
  }
}

/** What is fetched when somebody wants to move about. */
interface Moving {
  MovingMap: ComponentType<MovingMapProps>
  areasIn: MovingMapProps['areasIn']
}

export interface OnTheMapProps extends Pick<MovingMapProps, 'nameOf'> {
  map: Shown | 'hidden'
  fetchMoving: () => Promise<Moving>
}

/** The map beside results. What moves needs a library, which is fetched when it is asked for and not before. */
export function OnTheMap({ map, fetchMoving, nameOf }: OnTheMapProps) {
  const { pathname, search } = useLocation()
  const [scripted, setScripted] = useState(false)
  const [moving, setMoving] = useState<Moving | null>(null)
  const [says, setSays] = useState('')
  useEffect(() => {
    setScripted(true)
  }, [])
  const shown = map === 'hidden' ? null : map
  const open = async (): Promise<void> => {
    if (!shown) return
    setSays(shown.words.coming)
    try {
      setMoving(await fetchMoving())
      setSays('')
    } catch {
      setSays(shown.words.failed)
    }
  }
  return (
    <section className="card stack-s" id="map" aria-labelledby="map-heading">
      <h2 id="map-heading">On the map</h2>
      {shown ? (
        <figure>
          {moving ? (
            <moving.MovingMap {...shown} areasIn={moving.areasIn} nameOf={nameOf} say={setSays} />
          ) : (
            <NearMap drawing={shown.drawing} label={shown.words.label} />
          )}
          <figcaption className="stack-s">
            <p>
              {shown.words.marks} {moving ? '' : shown.words.rings}
            </p>
            {shown.words.seen && !moving ? <p>{shown.words.seen}</p> : null}
            {shown.words.thanks ? <p>{shown.words.thanks}</p> : null}
          </figcaption>
        </figure>
      ) : null}
      <div className="row-s no-print">
        {scripted && shown && !moving ? (
          <Button type="button" kind="second" size="small" onPress={() => void open()}>
            Move around<span className="vh"> the map</span>
          </Button>
        ) : null}
        {/* With scripts the page stays where it is, and so does the focus. */}
        <Form method="post" action="/find/map" replace preventScrollReset>
          <input type="hidden" name="next" value={pathname + search} />
          <Button kind="second" size="small" name="map" value={shown ? 'hide' : 'show'}>
            {shown ? 'Hide the map' : 'Show the map'}
          </Button>
        </Form>
      </div>
      <p className="small" role="status">
        {says}
      </p>
    </section>
  )
}
