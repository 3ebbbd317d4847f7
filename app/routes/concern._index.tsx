import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { concernFormPage } from '#services/safeguarding/concern-form-page.server.ts'
import { raiseConcern } from '#services/safeguarding/raise-concern.server.ts'
import type { Consent } from '#services/safeguarding/concern.schema.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { Select } from '~/components/forms/select.tsx'
import { Textarea, TextField } from '~/components/forms/text-field.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { sealedCookie } from '~/http/sealed-cookie.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Raise a concern – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    concernFormPage(deps, actor, { providerSlug: url.searchParams.get('provider')?.slice(0, 200) ?? null }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const reference = await raiseConcern(deps, actor, {
        councilId: text(form, 'councilId'),
        about: text(form, 'about'),
        whatHappened: text(form, 'whatHappened'),
        inDanger: text(form, 'inDanger') as 'yes' | 'no',
        whoTold: text(form, 'whoTold'),
        contact: text(form, 'contact'),
        consent: text(form, 'consent') as Consent,
        consentReason: text(form, 'consentReason'),
      })
      const cookie = sealedCookie(deps, 'kith.concern', reference, 30)
      return redirect('/concern/sent', { headers: { 'Set-Cookie': cookie } })
    })
  })

export default function Concern() {
  const { councils, councilId, providerName } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const value = (name: string) => typed(answered, name)
  const field = fieldProps({ errors: answered?.errors, value })
  return (
    <div className="narrow stack-l">
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Raise a concern about somebody’s safety</h1>
        <p className="lead">
          Is an adult being hurt, neglected, robbed or pressed? Tell the council’s adult safeguarding team
          here. You need no account, and you need not give your name.
        </p>
      </header>
      <Notice tone="stop" level={2} title="In danger now? Ring 999">
        <p>
          If you cannot speak, ring 999 and press 55 on a mobile. Deaf people can use{' '}
          <a href="https://999bsl.co.uk/">999 BSL</a> or text 999 after registering with emergencySMS.
        </p>
      </Notice>
      <p>
        Only that team reads what you write here. The person or organisation you are worried about does not
        see it, and nor does anybody else on this site.
      </p>
      <form method="post" className="stack" noValidate>
        <Select
          {...field('councilId')}
          label="Which council?"
          hint="The one where the person lives."
          firstLine="Choose one"
          options={councils.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={value('councilId') ?? councilId}
          required
        />
        <TextField
          {...field('about')}
          label="Who is it about?"
          hint={
            providerName
              ? `Their name, or what you know of them: “a man who gets visits from ${providerName}”.`
              : 'Their name, or what you know of them: “the woman at number 9”.'
          }
          maxLength={300}
          required
        />
        <Textarea
          {...field('whatHappened')}
          label="What happened, or what worries you?"
          hint="What you saw or heard, when, and who may be the cause. In your own words."
          rows={8}
          maxLength={5000}
          required
        />
        <Radios
          {...field('inDanger')}
          label="Are they in danger now?"
          options={[
            { value: 'yes', label: 'Yes', hint: 'Ring 999 first. Then send this.' },
            { value: 'no', label: 'No, or I do not know' },
          ]}
        />
        <Radios
          {...field('consent')}
          label="Do they know that you are telling us, and do they agree?"
          hint="It is their life: they are normally asked first. You may tell us without it when somebody is in danger, when others are at risk, or when asking would make it worse."
          options={[
            { value: 'agrees', label: 'They know, and they agree' },
            { value: 'does_not_agree', label: 'They do not agree' },
            { value: 'cannot_say', label: 'They cannot make this decision, even with support' },
            { value: 'not_known', label: 'Nobody has asked them' },
          ]}
        />
        <Textarea
          {...field('consentReason')}
          label="If they do not agree, or cannot decide: why do you tell us all the same?"
          rows={3}
          maxLength={1000}
        />
        <TextField
          {...field('whoTold')}
          label="Who else knows?"
          hint="Such as the police, a doctor, family. Leave it empty if nobody."
          maxLength={300}
        />
        <TextField
          {...field('contact')}
          label="How can the team reach you?"
          hint="A telephone number or an e-mail address. You may leave it empty."
          maxLength={300}
        />
        <Button size="big">Send it to the safeguarding team</Button>
      </form>
      {councils.length > 0 ? (
        <section className="stack-s" aria-labelledby="ring-h">
          <h2 id="ring-h">Would you rather ring?</h2>
          <ul>
            {councils.slice(0, 20).map((council) => (
              <li key={council.id}>
                {council.name}: <Phone number={council.phone} />. At night and on weekends:{' '}
                <Phone number={council.urgentPhone} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

const Phone = ({ number }: { number: string }) => <a href={`tel:${number.replaceAll(' ', '')}`}>{number}</a>
