import { councilInView } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { csvFile, csvMoney, csvNumber } from '#services/kernel/csv.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { Temporal, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Block, BLOCK_WORDS, type DueGroup, groupDue, isPayable } from './due.rules.ts'
import { readDue } from './read-due.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** Rows on one page; the file has all. */
const PER_PAGE = 100

const sum = (groups: readonly DueGroup[]): Pence => pence(groups.reduce((all, one) => all + one.pence, 0))

async function read(deps: Needs, actor: Actor, council: string | null) {
  const { councilId } = councilInView(actor, 'money.read', council)
  const now = deps.clock.now()
  const today = londonDate(now)
  const groups = groupDue(await readDue(deps.db.prisma, councilId, today, now))
  const shown = groups.map((group) => ({
    ...group,
    days: Temporal.PlainDate.from(group.oldest).until(today).days,
    since: longDate(Temporal.PlainDate.from(group.oldest)),
    why: group.blocks.map((block) => BLOCK_WORDS[block]),
  }))
  return { councilId, groups, shown }
}

/**
 * What a council owes today: for each provider, person and order, with its age; and what cannot be paid yet, and why.
 * @param input show 'blocked' for those only
 * @throws SIGN_IN; NOT_FOUND for all but the council's finance
 */
export async function duePage(
  deps: Needs,
  actor: Actor,
  input: { council: string | null; show: string | null; page: string | null },
) {
  const { councilId, groups, shown } = await read(deps, actor, input.council)
  const blocked = groups.filter((group) => !isPayable(group))
  const chosen = input.show === 'blocked' ? shown.filter((group) => !isPayable(group)) : shown
  const pages = Math.max(1, Math.ceil(chosen.length / PER_PAGE))
  const page = Math.min(pages, Math.max(1, Number(input.page) || 1))
  const why = (Object.keys(BLOCK_WORDS) as Block[]).flatMap((block) => {
    const those = blocked.filter(({ blocks }) => blocks.includes(block))
    return those.length === 0
      ? []
      : [
          {
            block,
            words: BLOCK_WORDS[block],
            payments: those.length,
            providers: new Set(those.map(({ providerId }) => providerId)).size,
            pence: sum(those),
          },
        ]
  })
  return {
    councilId,
    show: input.show === 'blocked' ? ('blocked' as const) : ('all' as const),
    rows: chosen.slice((page - 1) * PER_PAGE, page * PER_PAGE).map(({ payableIds: _, ...group }) => group),
    page,
    pages,
    total: { payments: groups.length, pence: sum(groups) },
    payable: { payments: groups.length - blocked.length, pence: sum(groups.filter(isPayable)) },
    blocked: { payments: blocked.length, pence: sum(blocked), why },
    oldest: shown.reduce((most, { days }) => Math.max(most, days), 0),
  }
}

export async function dueCsv(
  deps: Needs,
  actor: Actor,
  council: string | null,
): Promise<{ filename: string; csv: string }> {
  const { shown } = await read(deps, actor, council)
  return {
    filename: 'due.csv',
    csv: csvFile(
      ['Provider', 'Supplier', 'Person', 'Order', 'Cost code', 'Case', 'Oldest day', 'Age (days)', 'Due (£)', 'Cannot be paid'], // prettier-ignore
      shown.map((one) => [
        one.provider,
        one.supplier ?? '',
        one.person,
        one.order ?? '',
        one.costCode ?? '',
        one.caseReference ?? '',
        one.oldest,
        csvNumber(one.days),
        csvMoney(one.pence),
        one.why.join('; '),
      ]),
    ),
  }
}
