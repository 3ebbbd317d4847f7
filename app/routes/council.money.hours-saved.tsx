import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { councilHoursPage } from '#services/hours-saved/council-hours.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { DataTable, HiddenNumber } from '~/components/table/data-table.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Hours saved – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => councilHoursPage(deps, actor))

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const hours = (minutes: number): string => {
  const whole = number.format(minutes / 60)
  return `${whole} ${whole === '1' ? 'hour' : 'hours'}`
}

function Figure({ figure }: { figure: { count: number; minutes: number } | null }) {
  if (!figure) return <HiddenNumber />
  return (
    <>
      {number.format(figure.count)}
      {figure.count > 0 ? `, ${hours(figure.minutes)}` : ''}
    </>
  )
}

export default function HoursSaved() {
  const page = useLoaderData<typeof loader>()
  const [last] = page.quarters
  return (
    <div className="stack-l">
      <BackLink href="/council">Your pages</BackLink>
      <header className="head">
        <div className="narrow stack-s">
          <h1>Hours saved</h1>
          <p className="lead">
            {last?.own
              ? `In ${last.words}, ${number.format(last.own.people)} people said how long paperwork took them: ${hours(last.own.minutes)} in all.`
              : `In ${last?.words ?? 'the last quarter'}, fewer than five people said how long paperwork took them, so nothing of it is shown.`}
          </p>
          <p>
            What follows is counted from papers that nobody had to make or keep. The minutes of each are
            assumed, as it says below. Only quarters that are over are shown, nothing about fewer than five
            people, and no sum that is mostly one person’s.
          </p>
        </div>
        <p className="row-s no-print">
          <LinkButton href="/council/money/hours-saved.csv" kind="second" size="small" download>
            Save as a table (CSV)
          </LinkButton>
        </p>
      </header>
      <DataTable
        caption="Papers that nobody made or kept, with the hours assumed, and people’s own hours"
        hideCaption
        columns={[
          { key: 'words', label: 'Quarter' },
          { key: 'receipts', label: 'Receipts not kept', numeric: true },
          { key: 'invoices', label: 'Invoices not typed', numeric: true },
          { key: 'keyed', label: 'Invoices not keyed in', numeric: true },
          { key: 'own', label: 'People’s own hours', numeric: true },
        ]}
        rows={page.quarters.map((one) => ({
          key: one.key,
          cells: {
            words: one.words,
            receipts: <Figure figure={one.receipts} />,
            invoices: <Figure figure={one.invoices} />,
            keyed: <Figure figure={one.keyed} />,
            own: one.own ? (
              `${hours(one.own.minutes)} of ${number.format(one.own.people)} people`
            ) : (
              <HiddenNumber />
            ),
          },
        }))}
      />
      <section className="stack" aria-labelledby="assumed">
        <h2 id="assumed">What is assumed</h2>
        <p>
          Change a figure in your head, and the hours above change with it: they are pieces times minutes.
        </p>
        <DataTable
          caption="Minutes that each is taken to last"
          hideCaption
          columns={[
            { key: 'name', label: 'Piece' },
            { key: 'minutes', label: 'Minutes', numeric: true },
            { key: 'what', label: 'For what' },
            { key: 'source', label: 'Where the figure is from' },
          ]}
          rows={page.assumptions.map((one) => ({
            key: one.kind,
            cells: { name: one.name, minutes: one.minutes, what: one.what, source: one.source },
          }))}
        />
        <p>{page.next} is shown when it is over.</p>
      </section>
    </div>
  )
}
