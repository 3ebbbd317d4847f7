import { describe, expect, test } from 'vitest'
import { homePage } from '#services/discovery/home-page.server.ts'
import { newId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { useHouse } from '#tests/support/house.ts'

interface Entry {
  title: string
  kind: string
  providerId: string
  free: boolean
  days: number[]
  place?: boolean
}

async function list(deps: Deps, entries: Entry[]): Promise<void> {
  for (const [i, entry] of entries.entries())
    await deps.db.prisma.searchEntry.create({
      data: {
        id: newId(),
        entryKind: entry.place ? 'place' : 'service',
        slug: `entry-${String(i)}`,
        title: entry.title,
        summary: 'What happens there.',
        categoryCode: 'peer_support',
        providerId: entry.providerId,
        providerName: entry.title,
        providerSlug: `provider-${String(i)}`,
        providerKind: entry.kind,
        regulated: false,
        free: entry.free,
        bookable: !entry.place,
        days: entry.days,
        placeName: 'Fenside Hall',
        listedAt: new Date('2026-10-01T00:00:00Z'),
        confirmedAt: new Date('2026-10-01T00:00:00Z'),
      },
    })
}

describe('the first page', () => {
  const house = useHouse()

  test('of an empty market says nothing that is not so', async () => {
    expect(await homePage(house().deps)).toEqual({ quilt: [], providers: 0, freeCount: 0, free: [] })
  })

  test('shows each provider once on the quilt, and never a place that nobody has claimed', async () => {
    const twice = newId()
    await list(house().deps, [
      { title: 'Memory café', kind: 'community_group', providerId: twice, free: true, days: [2] },
      { title: 'Garden', kind: 'community_group', providerId: twice, free: false, days: [1, 2, 3, 4, 5] },
      { title: 'Lunch', kind: 'charity', providerId: newId(), free: true, days: [5, 1] },
      { title: 'Brook House', kind: 'unknown', providerId: newId(), free: false, days: [], place: true },
    ])
    const page = await homePage(house().deps)
    expect(page.providers).toBe(2)
    expect(page.quilt.map(({ kind }) => kind).sort()).toEqual(['charity', 'community_group'])
    expect(page.freeCount).toBe(2)
    expect(page.free.map(({ title, when }) => [title, when]).sort()).toEqual([
      ['Lunch', 'Mondays and Fridays, Fenside Hall'],
      ['Memory café', 'Tuesdays, Fenside Hall'],
    ])
  })
})
