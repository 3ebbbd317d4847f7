import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { SHOWS, SHOW_WORDS, type Show } from './caseload.rules.ts'
import { caseloadCsv } from './caseload-csv.rules.ts'
import { MOST_ACCOUNTS, readCaseload } from './read-caseload.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const A_PAGE = 50

export interface AccountsQuery {
  org: string | null
  show: string | null
  page: string | null
}

const readShow = (text: string | null): Show => {
  const show = SHOWS.find((one) => one === (text ?? 'all'))
  if (!show) throw new DomainError('INVALID', 'We cannot show that. Choose one of the links above the list.')
  return show
}

/**
 * Everybody whose money a provider holds: cash now, what is owed and waits, reviews and insurance; what needs doing first.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for workers; INVALID for a list that is none
 */
export async function accountsPage(deps: Needs, actor: Actor, query: AccountsQuery) {
  const { providerId } = providerInView(actor, query.org)
  requireMember(actor, providerId, 'hold_money')
  const show = readShow(query.show)
  const provider = await deps.db.prisma.provider.findUniqueOrThrow({
    where: { id: providerId },
    select: { name: true },
  })
  const all = await readCaseload(deps, providerId)
  const shown = all.filter((line) => show === 'all' || line.needs.some((need) => need.show === show))
  const pages = Math.max(1, Math.ceil(shown.length / A_PAGE))
  const page = Math.min(pages, /^[1-9]\d{0,3}$/.test(query.page ?? '') ? Number(query.page) : 1)
  return {
    provider: { id: providerId, name: provider.name },
    show,
    tabs: SHOWS.map((value) => ({
      value,
      label: SHOW_WORDS[value],
      count:
        value === 'all'
          ? all.length
          : all.filter((line) => line.needs.some((need) => need.show === value)).length,
      current: value === show,
    })),
    total: {
      people: new Set(all.map(({ person }) => person)).size,
      cash: all.reduce((sum, { cash }) => sum + cash, 0),
      toPay: all.reduce((sum, { toPay }) => sum + toPay, 0),
    },
    lines: shown.slice((page - 1) * A_PAGE, page * A_PAGE),
    page,
    pages,
    cut: all.length >= MOST_ACCOUNTS,
  }
}

/** The same list as a file. @throws as `accountsPage` */
export async function accountsCsv(
  deps: Needs,
  actor: Actor,
  query: Omit<AccountsQuery, 'page'>,
): Promise<{ filename: string; csv: string }> {
  const { providerId } = providerInView(actor, query.org)
  requireMember(actor, providerId, 'hold_money')
  const show = readShow(query.show)
  const all = await readCaseload(deps, providerId)
  const shown = all.filter((line) => show === 'all' || line.needs.some((need) => need.show === show))
  return { filename: `accounts-${londonDate(deps.clock.now()).toString()}.csv`, csv: caseloadCsv(shown) }
}
