import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { voucherPage } from '#services/budgets/voucher-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Total } from '~/components/card/card.tsx'
import { FundBar, FundFigures } from '~/components/money/fund-bar.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? page.voucher.name : 'Voucher'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => voucherPage(deps, actor, params['allocationId'] ?? ''))

export default function Voucher() {
  const { person, today, voucher, lines } = useLoaderData<typeof loader>()
  const parts = { spent: voucher.used, setAside: voucher.setAside, left: voucher.left }
  return (
    <>
      <BackLink href="/my/money/vouchers">Vouchers</BackLink>
      <div className="stack-l">
        <header className="head">
          <h1>{voucher.name}</h1>
          <p className="no-print">
            <PrintButton />
          </p>
        </header>
        <p className="print-only">
          {person.name}, printed on {today}.
        </p>
        <Total
          sentence={
            voucher.usable ? (
              <>
                <span className="big num">{pounds(voucher.left)}</span> left of {pounds(voucher.value)}, until{' '}
                {voucher.until}.
              </>
            ) : (
              <>Nothing can be used of it now. It was worth {pounds(voucher.value)}.</>
            )
          }
        >
          {voucher.usable ? null : (
            <p>
              <Tag tone={voucher.standing.tone}>{voucher.standing.words}</Tag>
            </p>
          )}
        </Total>
        <div className="stack">
          <FundBar id="voucher" name={voucher.name} parts={parts} />
          <FundFigures id="voucher" parts={parts} />
        </div>
        {voucher.wentBack > 0 ? (
          <Notice tone="plain">
            <p>
              {pounds(voucher.wentBack)} was not used in time and went back to {voucher.funder}.
            </p>
          </Notice>
        ) : null}
        <section className="stack" aria-labelledby="buys">
          <h2 id="buys">What it can buy</h2>
          <p>{voucher.canBuy}</p>
          {voucher.kinds.length > 0 ? (
            <ul>
              {voucher.kinds.map((kind) => (
                <li key={kind}>{kind}</li>
              ))}
            </ul>
          ) : null}
          {voucher.cannot ? <p>{voucher.cannot}</p> : null}
          {voucher.usable ? (
            <p className="row-s no-print">
              <LinkButton href="/find">Find support</LinkButton>
              <LinkButton href="/my/money/purchases/new" kind="second">
                Ask to buy something else
              </LinkButton>
            </p>
          ) : null}
        </section>
        <section className="stack" aria-labelledby="facts">
          <h2 id="facts">The voucher</h2>
          <SummaryList
            rows={[
              { term: 'For', value: person.name },
              { term: 'Number', value: voucher.number },
              { term: 'From', value: voucher.funder },
              { term: 'Worth', value: pounds(voucher.value) },
              { term: 'Until', value: voucher.until },
            ]}
          />
          <p className="small">
            It is no money: it pays what is asked for and booked on Kith, or agreed there before it is bought.
          </p>
        </section>
        {lines.length > 0 ? (
          <section className="stack" aria-labelledby="used">
            <h2 id="used">What it paid for</h2>
            <DataTable
              caption="Newest first"
              rowHeader="what"
              columns={[
                { key: 'day', label: 'Date', nowrap: true },
                { key: 'what', label: 'What' },
                { key: 'out', label: 'Out', numeric: true },
                { key: 'in', label: 'In', numeric: true },
              ]}
              rows={lines.map((line) => ({
                key: line.key,
                cells: {
                  day: <time dateTime={line.date}>{`${line.day} ${line.date.slice(0, 4)}`}</time>,
                  what: line.what,
                  out: line.out === null ? '' : pounds(line.out),
                  in: line.in === null ? '' : pounds(line.in),
                },
              }))}
            />
          </section>
        ) : null}
      </div>
    </>
  )
}
