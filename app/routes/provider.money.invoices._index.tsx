import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { issueNow } from '#services/invoicing/issue-invoices.server.ts'
import { issueNowSchema } from '#services/invoicing/issue-now.schema.ts'
import { providerInvoicesPage } from '#services/invoicing/provider-invoices-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Select } from '~/components/forms/select.tsx'
import { AgedDebt } from '~/components/invoicing/aged-debt.tsx'
import { InvoiceList } from '~/components/invoicing/invoice-list.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { counted } from '~/components/week/words.ts'
import { answer, readForm, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Invoices – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    providerInvoicesPage(deps, actor, {
      org: url.searchParams.get('org'),
      show: url.searchParams.get('show'),
      page: url.searchParams.get('page'),
    }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const { providerId, only } = issueNowSchema.parse(valuesOf(form))
      const issued = await issueNow(deps, actor, { providerId, only })
      const [first] = issued
      return redirectWithNotice(
        issued.length === 1 && first
          ? `/provider/money/invoices/${first.id}`
          : `/provider/money/invoices?org=${providerId}`,
        issued.length === 1
          ? 'The invoice is made and sent.'
          : `${String(issued.length)} invoices are made and sent.`,
      )
    })
  })

export default function Invoices() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { provider } = page
  return (
    <div className="stack-l">
      <BackLink href={`/provider/money?org=${provider.id}`}>Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Invoices</h1>
        <p className="lead">What {provider.name} billed, and what it can bill.</p>
      </header>
      <ToBill page={page} />
      <AgedDebt debt={page.debt} owesBack={page.owesBack} />
      <section className="stack" aria-labelledby="all">
        <h2 id="all">All invoices and credit notes</h2>
        <InvoiceList
          base="/provider/money/invoices"
          extra={`org=${provider.id}`}
          names="to"
          level={3}
          none="Invoices are made by themselves when a period is over, or when you press for one."
          {...page}
        />
      </section>
      <Files page={page} />
    </div>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function ToBill({ page }: { page: Page }) {
  const { provider, billing, toBill } = page
  const sum = toBill.reduce((all, one) => all + one.pence, 0)
  return (
    <section className="stack" aria-labelledby="now">
      <h2 id="now">Not billed yet</h2>
      {billing ? (
        <p>
          {toBill.length === 0
            ? 'Everything that was agreed is billed.'
            : `${pounds(sum)} was agreed and is not billed yet.`}{' '}
          Invoices are made by themselves: {billing.every}. This period is {billing.period}. What is agreed
          later comes with the next one.{' '}
          <a href={`/provider/money/billing?org=${provider.id}`}>Change how you bill</a>
        </p>
      ) : (
        <Notice tone="warn" level={3} title="Say first how you bill">
          <p>
            {sum > 0 ? `${pounds(sum)} was agreed and is not billed. ` : ''}No invoice is made in your name
            before you have said your address, your numbers and whether you charge VAT.
          </p>
          <p>
            <a href={`/provider/money/billing?org=${provider.id}`}>Say how you bill</a>
          </p>
        </Notice>
      )}
      {toBill.length > 0 ? (
        <DataTable
          caption="What can be billed now"
          columns={[
            { key: 'person', label: 'Support for' },
            { key: 'payer', label: 'Who pays' },
            { key: 'visits', label: 'Visits', numeric: true },
            { key: 'pence', label: 'Amount', numeric: true },
            ...(billing ? [{ key: 'press', label: 'Invoice' }] : []),
          ]}
          rows={toBill.map((one) => ({
            key: `${one.payerId}:${one.personId}`,
            cells: {
              person: one.person,
              payer: one.payer,
              visits: one.visits,
              pence: pounds(one.pence),
              press: (
                <form method="post">
                  <input type="hidden" name="providerId" value={provider.id} />
                  <input type="hidden" name="payerKind" value={one.payerKind} />
                  <input type="hidden" name="payerId" value={one.payerId} />
                  <input type="hidden" name="personId" value={one.personId} />
                  <Button kind="second" size="small">
                    Make the invoice now
                    <span className="vh">
                      {' '}
                      for {one.person}, {counted(one.visits, 'visit', 'visits')}
                    </span>
                  </Button>
                </form>
              ),
            },
          }))}
        />
      ) : null}
      {billing && toBill.length > 1 ? (
        <form method="post">
          <input type="hidden" name="providerId" value={provider.id} />
          <Button kind="second" name="all" value="yes">
            Make all of them now
          </Button>
        </form>
      ) : null}
    </section>
  )
}

function Files({ page }: { page: Page }) {
  const [first] = page.months
  if (!first) return null
  return (
    <section className="stack no-print" aria-labelledby="files">
      <h2 id="files">Files for your accounts</h2>
      <p>
        Prices hold VAT: choose “tax inclusive” when you import. Xero takes credit notes with the invoices,
        below zero; QuickBooks takes only invoices, so enter credit notes there by hand. Try the first file
        with one month.
      </p>
      <form method="get" action="/provider/money/invoices.csv" className="row">
        <input type="hidden" name="org" value={page.provider.id} />
        <Select
          name="month"
          label="Month"
          defaultValue={first}
          options={page.months.map((month) => ({ value: month, label: monthWords(month) }))}
        />
        <Select
          name="as"
          label="For"
          defaultValue="lines"
          options={[
            { value: 'lines', label: 'A spreadsheet' },
            { value: 'xero', label: 'Xero' },
            { value: 'quickbooks', label: 'QuickBooks Online' },
          ]}
        />
        <Button kind="second">Save the file</Button>
      </form>
    </section>
  )
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] // prettier-ignore
const monthWords = (month: string): string =>
  `${MONTHS[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}`
