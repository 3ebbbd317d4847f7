import { useEffect, useState } from 'react'
import { Button } from '../button/button.tsx'

type Stands = 'unasked' | 'asking' | 'found' | 'refused' | 'unknown'

const SAYS: Readonly<Record<Stands, string>> = {
  unasked: '',
  asking: 'Looking where you are…',
  found: 'We wrote the place into the field. Press Search.',
  refused: 'Your browser did not say where you are. Type a postcode or a place instead.',
  unknown: 'We know no place near you. Type a postcode or a place instead.',
}

const position = (): Promise<GeolocationPosition> =>
  new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject, { maximumAge: 600_000, timeout: 10_000 })
  })

export interface NearMeProps {
  /** The id of the field that the place is written into. */
  field: string
  /** The name of the place at a position; null where none is known. */
  placeOf: (position: GeolocationPosition) => Promise<string | null>
}

/**
 * Writes the place that the browser is at into a field, when it is pressed and never before. It needs script and a browser that can tell, so
 * it is not there without them; typing does the same.
 */
export function NearMe({ field, placeOf }: NearMeProps) {
  const [there, setThere] = useState(false)
  const [stands, setStands] = useState<Stands>('unasked')
  useEffect(() => {
    setThere('geolocation' in navigator)
  }, [])
  if (!there) return null
  const ask = async (): Promise<void> => {
    if (stands === 'asking') return
    setStands('asking')
    try {
      const near = await placeOf(await position())
      const input = document.getElementById(field)
      if (near === null || !(input instanceof HTMLInputElement)) {
        setStands('unknown')
        return
      }
      input.value = near
      setStands('found')
    } catch {
      setStands('refused')
    }
  }
  return (
    <div className="stack-s">
      <p>
        <Button type="button" kind="quiet" size="small" onPress={() => void ask()}>
          Use where I am
        </Button>
      </p>
      <p className="small" role="status">
        {SAYS[stands]}
      </p>
    </div>
  )
}
