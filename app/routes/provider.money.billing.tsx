import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { billingPage, type BillingPage, saveBilling } from '#services/invoicing/billing-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Select } from '~/components/forms/select.tsx'
import { Textarea, TextField } from '~/components/forms/text-field.tsx'
import { field, type FieldsProps } from '~/components/listing/values.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'How you bill – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => billingPage(deps, actor, url.searchParams.get('org')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const providerId = text(form, 'providerId')
    return answer(form, async () => {
      await saveBilling(deps, actor, providerId, valuesOf(form))
      return redirectWithNotice(
        `/provider/money/invoices?org=${providerId}`,
        'Saved. Invoices are made like this from now on.',
      )
    })
  })

export default function Billing() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const props = { values: answered?.values ?? page.values, errors: answered?.errors }
  const { provider } = page
  return (
    <div className="narrow stack-l">
      <BackLink href={`/provider/money?org=${provider.id}`}>Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>How you bill</h1>
        <p className="lead">
          What stands on the invoices of {provider.name}. Invoices that are out stay as they are.
        </p>
        {page.said ? null : <p>We have filled in what we know. No invoice is made before you save this.</p>}
      </header>
      {page.mayEdit ? (
        <form method="post" className="stack-l" noValidate>
          <input type="hidden" name="providerId" value={provider.id} />
          <section className="stack" aria-labelledby="you">
            <h2 id="you">You</h2>
            <Textarea
              {...field(props, 'addressLines')}
              label="Your address on invoices"
              hint="One line each, six at most."
              rows={5}
              required
            />
            {page.prefixIsKept ? (
              <p>
                Your next numbers are {page.example}. The letters stay, because numbers were given with them.
              </p>
            ) : (
              <TextField
                {...field(props, 'prefix')}
                label="Letters before your numbers"
                hint={`1 to 8 letters and digits. Your first numbers: ${page.example}. They stay from your first invoice on.`}
                width={8}
                autoComplete="off"
                maxLength={9}
              />
            )}
          </section>
          <section className="stack" aria-labelledby="when">
            <h2 id="when">When</h2>
            <Radios {...field(props, 'every')} label="How often do you send invoices?" options={page.every} />
            {page.said ? null : (
              <Radios
                {...field(props, 'billFrom')}
                label="From when on do you bill here?"
                options={[
                  {
                    value: 'now',
                    label: 'From the beginning of this period',
                    hint: 'You billed what came before in another way.',
                  },
                  {
                    value: 'all',
                    label: 'Everything that Kith knows',
                    hint: 'Nothing of it was billed yet.',
                  },
                ]}
              />
            )}
            <TextField
              {...field(props, 'daysToPay')}
              label="How many days do people have to pay?"
              hint="0 to 90. Cards pay at once, whatever you enter."
              width={3}
              inputMode="numeric"
              maxLength={3}
              required
            />
          </section>
          <VatFields page={page} {...props} />
          <p>
            <Button size="big">Save</Button>
          </p>
        </form>
      ) : (
        <p>Only an owner of your organisation can change this.</p>
      )}
    </div>
  )
}

function VatFields({ page, ...props }: FieldsProps & { page: BillingPage }) {
  return (
    <section className="stack" aria-labelledby="vat">
      <h2 id="vat">VAT</h2>
      <Radios
        {...field(props, 'vatStatus')}
        label="Are you registered for VAT?"
        options={[
          { value: 'not_registered', label: 'No', hint: 'Nothing about VAT stands on your invoices.' },
          {
            value: 'registered',
            label: 'Yes',
            hint: 'Your prices are what people pay: VAT is in them, and is worked out from them.',
          },
        ]}
        look="box"
      />
      <Details kind="box" summary="If you are registered" open={props.values['vatStatus'] === 'registered'}>
        <div className="stack">
          <TextField
            {...field(props, 'vatNumber')}
            label="Your VAT number"
            hint="GB and 9 digits."
            autoComplete="off"
            maxLength={20}
          />
          {page.mayExempt ? (
            <Radios
              {...field(props, 'welfareExempt')}
              label="Are your welfare services exempt?"
              hint="They can be, because you are a charity, a public body or regulated by CQC."
              options={[
                { value: 'yes', label: 'Yes' },
                { value: 'no', label: 'No' },
              ]}
            />
          ) : (
            <p>
              Welfare services are exempt only from a charity, a public body or somebody whom CQC regulates.
              As far as we know you are none of these.
            </p>
          )}
          {page.services.map((service) => (
            <Select
              key={service.field}
              {...field(props, service.field)}
              label={`VAT on “${service.title}”`}
              hint={`We suggest: ${service.suggested.toLowerCase()}. ${service.why}`}
              options={page.kinds}
            />
          ))}
        </div>
      </Details>
      <p className="small">
        You answer for your VAT; these are suggestions and no tax advice. They follow{' '}
        {page.sources.map(({ label, href }, at) => (
          <span key={href}>
            {at === 0 ? '' : at === page.sources.length - 1 ? ' and ' : ', '}
            <a href={href}>{label}</a>
          </span>
        ))}
        .
      </p>
    </section>
  )
}
