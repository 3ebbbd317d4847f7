import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { slug, type MarketInput } from './filter.rules.ts'
import { marketPage } from './market-page.server.ts'
import { marketCouncil } from './market.policy.ts'
import { tableIdSchema } from './market.schema.ts'
import { toCsv } from './table.rules.ts'

/**
 * One table of the page as a file. It is cut from the page itself, so neither can show what the other hides.
 * @throws INVALID for a table that does not exist or a filter that cannot be read; otherwise as `marketPage`.
 */
export async function exportMarket(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: MarketInput,
): Promise<{ filename: string; csv: string }> {
  marketCouncil(actor, input['council'])
  const id = tableIdSchema.safeParse(input['table'])
  if (!id.success)
    throw new DomainError('INVALID', 'There is no such table. Use a link under a table of the market page.')
  const page = await marketPage(deps, actor, input)
  const [problem] = Object.values(page.problems)
  if (problem)
    throw new DomainError('INVALID', problem, {
      fields: Object.fromEntries(Object.entries(page.problems).map(([key, text]) => [key, [text]])),
    })
  return {
    filename: `market-${id.data}-${slug(page.period)}${page.filtered ? `-${slug(page.scope)}` : ''}.csv`,
    csv: toCsv(page.tables[id.data]),
  }
}
