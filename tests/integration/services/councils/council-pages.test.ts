import { beforeAll, describe, expect, test } from 'vitest'
import { colleaguesPage } from '#services/accounts/colleagues.server.ts'
import { webhooksPage } from '#services/payments/webhooks-page.server.ts'
import { councilLandingPage } from '#services/accounts/council-landing-page.server.ts'
import { peoplePage } from '#services/circle/people-page.server.ts'
import { councilMoneyPage } from '#services/councils/council-money-page.server.ts'
import { COUNCIL_PAGES, councilLinks, type CouncilRole } from '#services/councils/council-pages.rules.ts'
import { councilHoursPage } from '#services/hours-saved/council-hours.server.ts'
import { STAFF_ROLES, type Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { voucherReportPage } from '#services/budgets/voucher-report.server.ts'
import { councilPurchasesPage } from '#services/purchases/council-purchases-page.server.ts'
import { marketPage } from '#services/market/market-page.server.ts'
import { reconciliationPage } from '#services/reconciliation/reconciliation-page.server.ts'
import { concernsPage } from '#services/safeguarding/concerns-page.server.ts'
import { queuePage } from '#services/vetting/queue-page.server.ts'
import { makeCouncil, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse({ now: '2026-11-21T10:00:00Z' })
let councilId: string
beforeAll(async () => {
  councilId = await makeCouncil(house().deps)
})

/** What stands behind each link: a page that is added to the table must be added here. */
const OPEN: Record<string, (actor: Actor) => Promise<unknown>> = {
  [COUNCIL_PAGES.people.href]: (actor) => peoplePage(house().deps, actor, { name: '', page: 1 }),
  [COUNCIL_PAGES.checks.href]: (actor) => queuePage(house().deps, actor, { show: 'waiting', page: 1 }),
  [COUNCIL_PAGES.market.href]: (actor) => marketPage(house().deps, actor, {}),
  [COUNCIL_PAGES.money.href]: (actor) => councilMoneyPage(house().deps, actor),
  [COUNCIL_PAGES.purchases.href]: (actor) =>
    councilPurchasesPage(house().deps, actor, { show: 'waiting', page: 1 }),
  [COUNCIL_PAGES.vouchers.href]: (actor) => voucherReportPage(house().deps, actor),
  [COUNCIL_PAGES.hours_saved.href]: (actor) => councilHoursPage(house().deps, actor),
  [COUNCIL_PAGES.reconciliation.href]: (actor) =>
    reconciliationPage(house().deps, actor, { show: null, source: null, page: null }),
  [COUNCIL_PAGES.concerns.href]: (actor) => concernsPage(house().deps, actor, { page: 1, state: null }),
  [COUNCIL_PAGES.colleagues.href]: (actor) => colleaguesPage(house().deps, actor),
  [COUNCIL_PAGES.webhooks.href]: (actor) => webhooksPage(house().deps, actor, { state: null, page: 1 }),
}
const ROLES: readonly CouncilRole[] = [...STAFF_ROLES, 'operator']
const somebody = (...roles: CouncilRole[]): Actor =>
  userActor(newId(), {
    staff: roles.some((role) => role !== 'operator')
      ? [{ councilId, roles: roles.filter((role) => role !== 'operator') }]
      : [],
    operator: roles.includes('operator'),
  })
const opened = async (actor: Actor): Promise<string[]> => {
  const found: string[] = []
  for (const [href, open] of Object.entries(OPEN))
    await open(actor).then(
      () => found.push(href),
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'NOT_FOUND' })
      },
    )
  return found
}

test('what finance does is grouped by task, each page once, with all of their pages that lie behind Money', async () => {
  const { groups } = await councilMoneyPage(house().deps, somebody('finance'))
  expect(groups.map(({ title }) => title)).toEqual([
    'To do now',
    'Pay providers',
    'People’s money',
    'Rules and set-up',
    'Proof',
  ])
  const pages = groups.flatMap((group) => group.pages.map(({ href }) => href))
  expect(new Set(pages).size).toBe(pages.length)
  const behind = councilLinks(somebody('finance')).filter(({ href }) =>
    href.startsWith(`${COUNCIL_PAGES.money.href}/`),
  )
  expect(pages).toEqual(expect.arrayContaining(behind.map(({ href }) => href)))
})

test('every page of the table is walked', () => {
  expect(Object.keys(OPEN).sort()).toEqual(
    Object.values(COUNCIL_PAGES)
      .map(({ href }) => href)
      .sort(),
  )
})

describe('the links of a role are exactly the pages that open for it', () => {
  test.each(ROLES)('%s', async (role) => {
    const actor = somebody(role)
    const links = councilLinks(actor).map(({ href }) => href)
    expect([...links].sort()).toEqual((await opened(actor)).sort())
    const { links: cards } = await councilLandingPage(house().deps, actor)
    expect(cards.map(({ href }) => href)).toEqual(links)
  })
  test('somebody with all roles has each link once', async () => {
    const links = councilLinks(somebody(...ROLES)).map(({ href }) => href)
    expect(new Set(links).size).toBe(links.length)
    expect([...links].sort()).toEqual((await opened(somebody(...ROLES))).sort())
  })
  test('somebody with a budget has none, and none opens', async () => {
    const person = userActor(newId(), { personId: newId() })
    expect(councilLinks(person)).toEqual([])
    expect(await opened(person)).toEqual([])
  })
})
