import { Button } from '../button/button.tsx'
import { BackLink } from '../navigation/navigation.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'

/** An agreement as it would read, before it is written down; what was typed goes with both buttons. */
export function AgreementCheck({
  rows,
  values,
  back,
  page,
}: {
  rows: readonly { term: string; value: string }[]
  values: Readonly<Record<string, string | string[]>>
  back: string
  page: { person: { name: string; shortName: string }; holder: { name: string }; fund: string }
}) {
  const hidden = Object.entries(values)
    .filter(([name]) => name !== 'intent')
    .map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={Array.isArray(value) ? (value[0] ?? '') : value} />
    ))
  return (
    <div className="narrow stack-l">
      <BackLink href={back}>{page.fund}</BackLink>
      <header className="stack-s">
        <h1>Is this what was agreed?</h1>
        <p className="lead">
          Between {page.person.name} and {page.holder.name}. Both are told when you write it down.
        </p>
      </header>
      <SummaryList rows={rows} />
      <form method="post" className="row-s">
        {hidden}
        <Button size="big" name="intent" value="save">
          Write it down
        </Button>
        <Button kind="second" name="intent" value="change">
          Change something
        </Button>
      </form>
    </div>
  )
}
