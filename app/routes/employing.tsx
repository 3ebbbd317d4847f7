import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { type CostPage, costPage } from '#services/employing/cost-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { MoneyField, TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { originOf } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const page = await costPage(deps, actor, url.searchParams)
    return data(page, { status: Object.keys(page.errors).length > 0 ? 400 : 200 })
  })

export const meta: MetaFunction<typeof loader> = ({ matches }) => [
  { title: 'What employing somebody costs – Kith' },
  { tagName: 'link', rel: 'canonical', href: `${originOf(matches)}/employing` },
]

const AGE_OPTIONS = [
  { value: 'adult', label: '22 or older, and not yet of State Pension age' },
  { value: 'twenty_one', label: '21' },
  { value: 'under_21', label: '18 to 20' },
  { value: 'under_18', label: '16 or 17' },
  { value: 'pension_age', label: 'State Pension age or older' },
]

export default function Employing() {
  const page = useLoaderData<typeof loader>()
  const { typed, errors, fund } = page
  const field = fieldProps({ errors, value: (name) => typed[name] })
  return (
    <div className="flow">
      {fund ? <BackLink href="/my/assistants">People who are employed</BackLink> : null}
      <ErrorSummary errors={errors} />
      <header className="stack">
        <h1>What employing somebody costs</h1>
        <p className="lead">
          If you employ your own personal assistant, you pay more than their wage. See all of it before you
          decide. Nothing you type here is kept.
        </p>
        {fund ? <FundWords fund={fund} /> : null}
      </header>
      {page.cost ? <Cost page={page} cost={page.cost} /> : null}
      {page.cost ? <h2>Change the figures</h2> : null}
      <form method="get" className="narrow stack-l" noValidate>
        {fund ? <input type="hidden" name="fund" value={fund.id} /> : null}
        <MoneyField {...field('hourly')} label="Pay for one hour" />
        <TextField
          {...field('hours')}
          label="Hours each week"
          hint="For example 20, or 7.5 for seven and a half."
          width={4}
          inputMode="decimal"
        />
        <Radios
          name="age"
          label="How old are they?"
          hint="The least pay, National Insurance and pension depend on it."
          options={AGE_OPTIONS}
          defaultValue={typed['age'] || 'adult'}
          error={errors['age']}
        />
        <MoneyField
          {...field('fee')}
          label="Payroll service, for four weeks"
          hint="Somebody who works out tax and pay slips for you. Leave it empty if you do not know yet."
        />
        <MoneyField
          {...field('insurance')}
          label="Insurance, for a year"
          hint="By law you need employer’s liability insurance. Leave it empty if your council pays it."
        />
        {fund ? null : (
          <MoneyField
            {...field('budget')}
            label="What you have for four weeks"
            hint="If you say, you see what would be left."
          />
        )}
        <p>
          <Button>Work it out</Button>
        </p>
      </form>
      <section className="stack" aria-labelledby="sources">
        <h2 id="sources">Where the figures come from</h2>
        {page.current ? (
          <p>These are the rates of the tax year {page.year}, which began on 6 April.</p>
        ) : (
          <Notice tone="warn" title="A new tax year has begun">
            <p>Its rates are not in Kith yet. These are the rates of {page.year}.</p>
          </Notice>
        )}
        <ul>
          {page.sources.map(({ label, href }) => (
            <li key={href}>
              <a href={href}>{label}, GOV.UK</a>
            </li>
          ))}
        </ul>
        <p>
          It is an estimate, and no advice. A payroll service works out the exact figures, and theirs count. A
          direct payment support service can help you to become an employer:{' '}
          <a href="/find?category=direct_payment_support">find one near you</a>.
        </p>
      </section>
    </div>
  )
}

/** The fund that it is held against. */
function FundWords({ fund }: { fund: NonNullable<CostPage['fund']> }) {
  return (
    <>
      <p>
        {fund.name} gives {pounds(fund.fourWeeks)} for four weeks. {pounds(fund.left)} is left in it today.
      </p>
      {fund.refuses ? (
        <Notice tone="warn" title="This fund cannot pay for it" level={2}>
          <p>{fund.refuses}</p>
        </Notice>
      ) : null}
    </>
  )
}

function Cost({ page, cost }: { page: CostPage; cost: NonNullable<CostPage['cost']> }) {
  const row = (key: string, what: string, withIt: number, without: number) => ({
    key,
    cells: { what, with: pounds(withIt), without: pounds(without) },
  })
  return (
    <section className="stack" aria-labelledby="cost">
      <h2 id="cost">
        {pounds(cost.totalWithAllowance)} for four weeks, or {pounds(cost.totalWithout)} without the
        Employment Allowance
      </h2>
      <p>
        The Employment Allowance takes National Insurance off your bill. Most people who employ a care or
        support worker can claim it. A payroll service does it for you.
      </p>
      <DataTable
        caption="What four weeks cost"
        columns={[
          { key: 'what', label: 'What' },
          { key: 'with', label: 'With the allowance', numeric: true },
          { key: 'without', label: 'Without it', numeric: true },
        ]}
        rowHeader="what"
        rows={[
          row('wages', 'Wages', cost.wages, cost.wages),
          row('ni', 'Your National Insurance', cost.nationalInsuranceWithAllowance, cost.nationalInsurance),
          row('pension', 'Your part of their pension', cost.pension, cost.pension),
          row('fee', 'Payroll service', cost.fee, cost.fee),
          row('insurance', 'Insurance', cost.insurance, cost.insurance),
          row('total', 'All in', cost.totalWithAllowance, cost.totalWithout),
          ...(page.budget === null
            ? []
            : [
                row(
                  'left',
                  page.fund ? `Left of ${page.fund.name}` : 'Left of what you have',
                  page.budget - cost.totalWithAllowance,
                  page.budget - cost.totalWithout,
                ),
              ]),
        ]}
      />
      {page.budget !== null && page.budget < cost.totalWithAllowance ? (
        <Notice tone="warn" title="It is more than you have">
          <p>
            You would be {pounds(cost.totalWithAllowance - page.budget)} short every four weeks, even with the
            allowance. Fewer hours cost less, or you can tell the council that the budget is too small.
          </p>
        </Notice>
      ) : null}
      <h3>Keep something aside as well</h3>
      <ul>
        <li>
          <strong>Holiday:</strong> they have 5.6 weeks of paid holiday a year. If somebody else comes in that
          time, keep {pounds(cost.holidayCover)} aside every four weeks.
        </li>
        <li>
          <strong>Sickness:</strong> a week of sick pay is {pounds(cost.sickWeek)},{' '}
          {page.sickWaitingDays === 0
            ? 'from the first day'
            : `from day ${String(page.sickWaitingDays + 1)} of being ill`}
          , and you may need somebody else, too.
        </li>
        {cost.joins === 'may_ask' ? (
          <li>
            <strong>Pension:</strong> you do not have to put them into one, but they may ask to join. Then it
            is {pounds(cost.pensionIfAsked)} for four weeks.
          </li>
        ) : null}
        <li>
          <strong>When it ends:</strong> they have notice, and after two years redundancy pay if there is no
          more work.
        </li>
      </ul>
      {page.fund && !page.fund.refuses ? (
        <p>
          <LinkButton href="/my/assistants/new" kind="second">
            Write down whom you employ
          </LinkButton>
        </p>
      ) : null}
    </section>
  )
}
