import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { isId } from '#services/kernel/ids.ts'
import { notFound } from '#services/kernel/errors.ts'
import { checksPage } from '#services/vetting/checks-page.server.ts'
import { addCheck, giveEvidence } from '#services/vetting/give-evidence.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Select } from '~/components/forms/select.tsx'
import { Textarea, TextField } from '~/components/forms/text-field.tsx'
import { STANDING_TONE } from '~/components/listing/check-tone.ts'
import { type FieldsProps, type FormValues, field, one } from '~/components/listing/values.ts'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Your checks – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, url }) => checksPage(deps, actor, url.searchParams.get('org')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request }) => {
    const form = await readForm(request)
    const providerId = text(form, 'providerId')
    const input = { ...valuesOf(form), expiresOn: readDate(form, 'expiresOn') }
    return answer(form, async () => {
      const checkId = text(form, 'checkId')
      if (checkId === '') await addCheck(deps, actor, providerId, input)
      else if (isId(checkId)) await giveEvidence(deps, actor, checkId, input)
      else throw notFound()
      return redirectWithNotice(
        `/provider/checks?org=${providerId}`,
        'Thank you. We look at it and tell you what we find.',
      )
    })
  })

export default function Checks() {
  const { provider, checks, runOut, wanted, mayGive } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const answering = one(answered?.values ?? {}, 'checkId')
  const adding = answered !== undefined && answering === ''
  return (
    <div className="stack-l">
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Your checks</h1>
        <p className="lead">{sentence(runOut, wanted)}</p>
        <p>People see what was checked and when. They never see your papers.</p>
      </header>
      <ul className="plain stack-l">
        {checks.map((check) => (
          <li key={check.id}>
            <Card>
              <h2>{check.name}</h2>
              <p>
                <Tag tone={STANDING_TONE[check.standing]}>{check.words}</Tag>
              </p>
              {check.reason ? (
                <p>
                  <strong>Why not:</strong> {check.reason}
                </p>
              ) : null}
              <CheckFacts check={check} />
              {check.mayAnswer ? (
                <Details
                  kind="box"
                  open={answering === check.id}
                  summary={
                    <>
                      {check.standing === 'waiting' ? 'Change what you told us' : 'Tell us what you have'}
                      <span className="vh">: {check.name}</span>
                    </>
                  }
                >
                  <Evidence
                    providerId={provider.id}
                    checkId={check.id}
                    kind={check.kind}
                    values={
                      answering === check.id
                        ? (answered?.values ?? {})
                        : { statement: check.statement ?? '', reference: check.reference ?? '' }
                    }
                    errors={answering === check.id ? answered?.errors : undefined}
                  />
                </Details>
              ) : null}
            </Card>
          </li>
        ))}
      </ul>
      {mayGive ? (
        <section className="stack" aria-labelledby="another">
          <h2 id="another">Tell us about another check</h2>
          <Evidence
            providerId={provider.id}
            checkId={null}
            kind={null}
            values={adding ? answered.values : {}}
            errors={adding ? answered.errors : undefined}
          />
        </section>
      ) : (
        <p>An owner or a coordinator can tell us about checks.</p>
      )}
    </div>
  )
}

function sentence(runOut: number, wanted: number): string {
  const parts = [
    wanted > 0 ? `${wanted === 1 ? 'One is' : `${String(wanted)} are`} waiting for something from you.` : '',
    runOut > 0 ? `${runOut === 1 ? 'One runs' : `${String(runOut)} run`} out soon or has run out.` : '',
  ].filter(Boolean)
  return parts.join(' ') || 'Nothing is needed from you just now.'
}

type Check = ReturnType<typeof useLoaderData<typeof loader>>['checks'][number]

function CheckFacts({ check }: { check: Check }) {
  const facts = [
    { term: 'Checked on', value: check.checked },
    { term: 'Holds until', value: check.until },
    { term: 'Level', value: check.level },
    { term: 'Number', value: check.reference },
    {
      term: 'Listing',
      value: check.serviceId ? <a href={`/provider/services/${check.serviceId}`}>{check.listing}</a> : null,
    },
    { term: 'What you told us', value: check.statement },
  ].filter((fact) => fact.value)
  if (facts.length === 0) return null
  return (
    <dl className="answers">
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const HINTS: Record<string, string> = {
  identity:
    'Who stands behind the organisation, and where we can see it: a charity or company number, a letter with your address, a call we can make.',
  cqc_registration:
    'Anything that helps us to compare: the name on your certificate, your registered manager.',
  regulation_exemption: 'The reason itself is part of your listing: change it there.',
  dbs: 'How many of your people have one, and when they were done. Never send a certificate or say what is in it.',
}

function Evidence({
  providerId,
  checkId,
  kind,
  values,
  errors,
}: FieldsProps & { providerId: string; checkId: string | null; kind: string | null; values: FormValues }) {
  const props = { values, errors }
  const id = (name: string) => (checkId ? `${name}-${checkId}` : name)
  return (
    <form method="post" className="stack" noValidate>
      <input type="hidden" name="providerId" value={providerId} />
      {checkId ? (
        <input type="hidden" name="checkId" value={checkId} />
      ) : (
        <Radios
          {...field(props, 'kind')}
          label="What was checked?"
          options={[
            { value: 'insurance', label: 'Insurance' },
            { value: 'dbs', label: 'Criminal records (DBS)' },
            { value: 'training', label: 'Training' },
            { value: 'policies', label: 'Policies' },
          ]}
        />
      )}
      <Textarea
        {...field(props, 'statement')}
        id={id('statement')}
        label="What you have, and where it can be seen"
        hint={
          HINTS[kind ?? ''] ?? 'Who did it, when, and who can confirm it. Never what a DBS certificate says.'
        }
        rows={4}
      />
      <TextField
        {...field(props, 'reference')}
        id={id('reference')}
        label={kind === 'cqc_registration' ? 'CQC id' : 'Number, if it has one'}
        hint={kind === 'cqc_registration' ? 'It looks like 1-101234567.' : 'Such as a policy number.'}
        maxLength={60}
        spellCheck={false}
      />
      {kind === null || kind === 'dbs' ? (
        <Select
          {...field(props, 'level')}
          id={id('level')}
          label="Level, for a DBS check"
          firstLine="Choose one"
          options={[
            { value: 'basic', label: 'Basic' },
            { value: 'standard', label: 'Standard' },
            { value: 'enhanced', label: 'Enhanced' },
            { value: 'enhanced_with_barred_lists', label: 'Enhanced, with the barred lists' },
          ]}
        />
      ) : null}
      <DateField
        name="expiresOn"
        id={id('expiresOn')}
        label="Holds until, if it ends"
        error={errors?.['expiresOn']}
        defaultValue={{
          day: one(values, 'expiresOn.day'),
          month: one(values, 'expiresOn.month'),
          year: one(values, 'expiresOn.year'),
        }}
      />
      <p>
        <Button kind="second">Tell us</Button>
      </p>
    </form>
  )
}
