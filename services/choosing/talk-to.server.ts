import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { SearchQuery } from '#services/ports/search.ts'
import { readQuestion } from '#services/discovery/read-question.server.ts'
import type { PathNow } from './choice-path.server.ts'

/** User-led organisations to talk to. */
export interface TalkTo {
  /** 'Millgate', 'home'; null when no place is known, and then nobody is named. */
  near: string | null
  people: { name: string; href: string; phone: string; place: string | null }[]
}

const MOST = 3
/** Enough to find three organisations that have a telephone. */
const LOOKED_AT = 40

/**
 * Up to three user-led organisations near, with a telephone: near the place that was answered, else near the home of
 * the person in view. Without a place nobody is named, because from anywhere would look as if it were near.
 */
export async function talkTo(deps: Deps, actor: Actor, path: PathNow): Promise<TalkTo> {
  const near = await placeOf(deps, actor, path)
  if (!near) return { near: null, people: [] }
  const { query } = await readQuestion(deps, new URLSearchParams({ kind: 'user_led_organisation' }), [])
  const { hits } = await deps.search.find(
    { ...query, near, sort: 'near', page: 1, perPage: LOOKED_AT },
    deps.clock.now(),
  )
  const places = new Map(hits.map(({ providerId, placeName }) => [providerId, placeName]))
  const providers = await deps.db.prisma.provider.findMany({
    where: { id: { in: [...places.keys()] }, claimed: true, phone: { not: null } },
    select: { id: true, name: true, slug: true, phone: true },
    take: LOOKED_AT,
  })
  const order = [...places.keys()]
  return {
    near: near.label,
    people: providers
      .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
      .slice(0, MOST)
      .map(({ id, name, slug, phone }) => ({
        name,
        href: `/providers/${slug}`,
        phone: phone ?? '',
        place: places.get(id) ?? null,
      })),
  }
}

async function placeOf(deps: Deps, actor: Actor, { whose, answers }: PathNow): Promise<SearchQuery['near']> {
  const [area] = answers.near ?? []
  if (area) {
    const { place } = await readQuestion(deps, new URLSearchParams({ near: area }), [])
    if (place) return place
  }
  if (whose.kind === 'browser' || actor.kind !== 'user') return null
  const home = await deps.db.prisma.person.findUnique({
    where: { id: whose.personId },
    select: { lat: true, lon: true, shortName: true },
  })
  if (!home || home.lat === null || home.lon === null) return null
  return {
    point: { lat: home.lat, lon: home.lon },
    label: whose.self ? 'your home' : `${home.shortName}’s home`,
  }
}
