import type { Deps } from '#services/ports/deps.ts'
import { dayName } from '#services/kernel/time.ts'

/** What the first page shows; nothing on it depends on who asks. */
export interface HomePage {
  /** Providers for the quilt, kinds mixed; never a place that nobody has claimed. */
  quilt: { id: string; kind: string }[]
  providers: number
  freeCount: number
  free: {
    href: string
    title: string
    summary: string
    provider: { id: string; kind: string; name: string }
    /** 'Tuesdays, Fenside Hall'; empty when neither is known. */
    when: string
  }[]
}

const QUILT = `
  select id, kind from (
    select provider_id as id, provider_kind as kind,
           row_number() over (partition by provider_kind order by md5(provider_id::text)) as place
    from (select distinct provider_id, provider_kind from search_entry where provider_kind <> 'unknown') known
  ) ranked
  where place <= 10 order by place, md5(id::text)`

const COUNTS = `
  select count(distinct provider_id) filter (where provider_kind <> 'unknown') as providers,
         count(*) filter (where free) as free
  from search_entry`

const FREE = `
  select slug, title, summary, provider_id, provider_kind, provider_name, place_name, days
  from search_entry
  where free and entry_kind = 'service'
  order by experience_score desc, confirmed_at desc, id
  limit 3`

interface FreeRow {
  slug: string
  title: string
  summary: string
  provider_id: string
  provider_kind: string
  provider_name: string
  place_name: string | null
  days: number[]
}

/** Reads the first page's few facts about the market: three statements, no identity. */
export async function homePage({ db }: Pick<Deps, 'db'>): Promise<HomePage> {
  const [quilt, counts, free] = await Promise.all([
    db.query<{ id: string; kind: string }>('home-quilt', QUILT, []),
    db.query<{ providers: number; free: number }>('home-counts', COUNTS, []),
    db.query<FreeRow>('home-free', FREE, []),
  ])
  return {
    quilt,
    providers: counts[0]?.providers ?? 0,
    freeCount: counts[0]?.free ?? 0,
    free: free.map((row) => ({
      href: `/services/${row.slug}`,
      title: row.title,
      summary: row.summary,
      provider: { id: row.provider_id, kind: row.provider_kind, name: row.provider_name },
      when: [daysInWords(row.days), row.place_name].filter(Boolean).join(', '),
    })),
  }
}

/** 'Tuesdays', 'Mondays and Fridays'; nothing for most of the week or none of it. */
function daysInWords(days: readonly number[]): string {
  if (days.length === 0 || days.length > 3) return ''
  const names = [...days].sort((a, b) => a - b).map((day) => `${dayName(day)}s`)
  const last = names.pop() ?? ''
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last
}
