import type { MarketPage } from '#services/market/market-page.server.ts'
import { Button } from '../button/button.tsx'
import { ErrorSummary } from '../forms/error-summary.tsx'
import { Select } from '../forms/select.tsx'

const MONTHS = [
  { value: '3', label: 'Last 3 months' },
  { value: '6', label: 'Last 6 months' },
  { value: '12', label: 'Last 12 months' },
]

/** What to show: sent by GET, so that a page can be kept and passed on. */
export function MarketFilter({
  page,
}: {
  page: Pick<MarketPage, 'filter' | 'problems' | 'areas' | 'needs'>
}) {
  const { filter, problems } = page
  const known = Object.fromEntries(Object.entries(problems).filter(([, text]) => text !== undefined))
  return (
    <>
      {Object.keys(known).length > 0 ? <ErrorSummary errors={known} /> : null}
      <form className="row" method="get" action="/council/market" aria-label="What to show">
        <Select
          name="area"
          label="Area"
          options={page.areas}
          defaultValue={filter.area}
          error={problems.area}
        />
        <Select
          name="need"
          label="Kind of support"
          options={page.needs}
          defaultValue={filter.need}
          error={problems.need}
        />
        <Select
          name="months"
          label="Time"
          options={MONTHS}
          defaultValue={filter.months}
          error={problems.months}
        />
        <div className="bottom">
          <Button kind="second">Show</Button>
        </div>
      </form>
    </>
  )
}
