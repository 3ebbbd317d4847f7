import { notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'

/** sitemaps.org allows 50,000 addresses in one file. */
const A_PART = 20_000

const FIXED = [
  '/',
  '/find',
  '/without-a-budget',
  '/help',
  '/employing',
  '/rights',
  '/ranking',
  '/accessibility',
  '/privacy',
]

const COUNT = `SELECT count(*)::int AS entries FROM search_entry`
// A provider's page stands once, with the first of its entries.
const PART = `
SELECT path, day FROM (
  SELECT CASE entry_kind WHEN 'service' THEN '/services/' || slug END AS service,
    CASE WHEN row_number() OVER (PARTITION BY provider_id ORDER BY id) = 1 THEN '/providers/' || provider_slug END AS provider,
    to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, id
  FROM (SELECT * FROM search_entry ORDER BY id OFFSET $1 LIMIT $2) part) rows,
LATERAL (VALUES (service), (provider)) AS paths(path) WHERE path IS NOT NULL ORDER BY id, path`

const escaped = (text: string): string =>
  text.replace(/[<>&'"]/g, (letter) => `&#${String(letter.charCodeAt(0))};`)

const file = (element: string, items: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${items.join('\n')}\n</${element}>\n`

/**
 * The addresses that search engines may know: public pages, services, providers. One file while it fits in one, else a list
 * of its parts. @throws NOT_FOUND for a part that is none
 */
export async function sitemap({ db, settings }: Deps, part: string | null): Promise<string> {
  const [row] = await db.query<{ entries: number }>('sitemap_count', COUNT, [])
  const parts = Math.max(1, Math.ceil((row?.entries ?? 0) / A_PART))
  const { origin } = settings
  if (part === null && parts > 1)
    return file(
      'sitemapindex',
      Array.from(
        { length: parts },
        (_, i) => `<sitemap><loc>${origin}/sitemap.xml?part=${String(i + 1)}</loc></sitemap>`,
      ),
    )
  const number = /^[1-9]\d{0,3}$/.test(part ?? '1') ? Number(part ?? '1') : 0
  if (number < 1 || number > parts) throw notFound()
  const rows = await db.query<{ path: string; day: string }>('sitemap_part', PART, [
    (number - 1) * A_PART,
    A_PART,
  ])
  const fixed = number === 1 ? FIXED.map((path) => `<url><loc>${origin}${path}</loc></url>`) : []
  const entries = rows.map(
    ({ path, day }) => `<url><loc>${escaped(origin + path)}</loc><lastmod>${day}</lastmod></url>`,
  )
  return file('urlset', [...fixed, ...entries])
}
