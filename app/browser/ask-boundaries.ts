import type { Box } from '#services/kernel/outline.ts'
import type { MapArea } from '~/components/map/open-map.ts'

/** The areas of councils in a part of the country. */
export async function askBoundaries({ west, south, east, north }: Box): Promise<readonly MapArea[]> {
  const answer = await fetch(`/find/boundaries?box=${[west, south, east, north].join()}`)
  if (!answer.ok) throw new Error(`boundaries: ${String(answer.status)}`)
  return (await answer.json()) as MapArea[]
}
