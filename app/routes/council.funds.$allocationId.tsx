import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { changeDeployment, checkDeployment } from '#services/budgets/change-deployment.server.ts'
import { deploymentPage } from '#services/budgets/deployment-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { HiddenFields } from '~/components/forms/hidden-fields.tsx'
import { Select } from '~/components/forms/select.tsx'
import { TextField, Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer, type Answer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'How a fund is held – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => deploymentPage(deps, actor, params['allocationId'] ?? ''))

const FIELDS = ['deployment', 'holderProviderId', 'reason', 'explainedBy', 'chosen'] as const

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    return answer(form, async () => {
      const input = {
        ...Object.fromEntries(FIELDS.map((name) => [name, text(form, name)])),
        from: text(form, 'from') || readDate(form, 'from'),
      } as Parameters<typeof changeDeployment>[3]
      // Back to the form, filled in as it was.
      if (text(form, 'intent') === 'change') return data({ errors: {}, values: valuesOf(form) })
      if (text(form, 'intent') !== 'record') {
        const check = await checkDeployment(deps, actor, allocationId, input)
        return data({ errors: {}, values: valuesOf(form), check: { ...check, fields: input } })
      }
      const { atOnce } = await changeDeployment(deps, actor, allocationId, input)
      const { personId } = await deploymentPage(deps, actor, allocationId)
      return redirectWithNotice(
        `/council/people/${personId}`,
        atOnce
          ? 'It is held this way from now on, and they were told.'
          : 'It is written down, and they were told.',
      )
    })
  })

type Check = Awaited<ReturnType<typeof checkDeployment>> & { fields: Record<string, string> }

export default function HowHeld() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const check = (useActionData<Answer & { check?: Check }>() ?? {}).check
  return (
    <div className="narrow stack-l">
      <BackLink href={`/council/people/${page.personId}`}>{page.person}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{check ? 'Check before it is written down' : `${page.fund}: how it is held`}</h1>
        <p className="lead">
          Now: {page.now.toLowerCase()}
          {page.holder ? `, ${page.holder}` : ''}, until {page.until}.
        </p>
      </header>
      {page.moved ? (
        <Notice tone="info">
          <p>
            It is held another way from then on.{' '}
            <a href={`/council/funds/${page.moved}`}>See how it is held now</a>
          </p>
        </Notice>
      ) : check ? (
        <CheckIt check={check} person={page.person} />
      ) : (
        <Choose page={page} answered={answered} />
      )}
      <History page={page} />
    </div>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function Choose({ page, answered }: { page: Page; answered: Answer | undefined }) {
  const value = (name: string) => typed(answered, name)
  const error = (name: string) => answered?.errors[name]
  return (
    <form method="post" className="stack" noValidate>
      <Radios
        name="deployment"
        label={`How does ${page.person} want it held?`}
        hint="Explain all six. None is better than another; what suits them is."
        look="box"
        options={page.ways.map((way) => ({ value: way.id, label: way.name, hint: way.means }))}
        defaultValue={value('deployment')}
        error={error('deployment')}
      />
      <Select
        name="holderProviderId"
        label="Which organisation holds it, if one does"
        options={[
          { value: '', label: 'No organisation' },
          ...page.holders.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        defaultValue={value('holderProviderId') ?? ''}
        error={error('holderProviderId')}
      />
      <DateField
        name="from"
        label="From which day?"
        hint="Today or later. What is left on that day moves, with what is set aside for later visits."
        defaultValue={value('from') ?? typedDate(answered, 'from')}
        error={error('from')}
      />
      <Textarea
        name="reason"
        label="Why they want it this way, in their own words"
        rows={3}
        maxLength={500}
        defaultValue={value('reason')}
        error={error('reason')}
      />
      <TextField
        name="explainedBy"
        label="Who explained all the ways to them"
        maxLength={120}
        defaultValue={value('explainedBy')}
        error={error('explainedBy')}
      />
      <Radios
        name="chosen"
        label="Did they choose it themselves?"
        options={[
          { value: 'yes', label: 'Yes, they or whoever lawfully decides for them chose it' },
          { value: 'no', label: 'No, it was set up this way' },
        ]}
        defaultValue={value('chosen')}
        error={error('chosen')}
      />
      <Button size="big">Go on: check</Button>
    </form>
  )
}

function CheckIt({ check, person }: { check: Check; person: string }) {
  const { moving } = check
  return (
    <div className="stack">
      <p>{check.means}</p>
      <SummaryList
        rows={[
          { term: 'Held', value: check.holder ? `${check.way}: ${check.holder}` : check.way },
          { term: 'From', value: check.atOnce ? `Today, ${check.from}` : check.from },
          { term: 'Because', value: check.reason },
          { term: 'Explained by', value: check.explainedBy },
          { term: 'Chosen', value: check.chosen ? `${person} chose it` : 'It was set up this way' },
          { term: 'Left, as it is now', value: pounds(moving.available) },
          {
            term: 'Set aside for visits from then on',
            value: `${pounds(moving.heldToCome)} (${String(moving.visits)} ${moving.visits === 1 ? 'visit' : 'visits'})`,
          },
          ...(moving.ringFenced > 0 ? [{ term: 'Kept back', value: pounds(moving.ringFenced) }] : []),
          { term: 'Still to arrive', value: pounds(moving.toCome) },
        ]}
      />
      <p>All of this moves in one step. What was delivered before stays as it was held.</p>
      <form method="post" className="row">
        <HiddenFields values={check.fields} />
        <Button name="intent" value="record" size="big">
          Write it down
        </Button>
        <Button name="intent" value="change" kind="second">
          Change something
        </Button>
      </form>
    </div>
  )
}

function History({ page }: { page: Page }) {
  return (
    <section className="stack-s" aria-labelledby="history-h">
      <h2 id="history-h">How it came to be held so</h2>
      <ul className="plain stack-s">
        {page.history.map((one) => (
          <li key={one.id}>
            From {one.from}: {one.way.toLowerCase()}. “{one.reason}” Explained by {one.explainedBy}.{' '}
            {one.chosen ? 'They chose it.' : 'It was set up this way.'}
          </li>
        ))}
        {page.because ? (
          <li>
            At first: “{page.because}”{page.explainedBy ? ` Explained by ${page.explainedBy}.` : ''}{' '}
            {page.chosen ? 'They chose it.' : 'It was set up this way.'}
          </li>
        ) : null}
      </ul>
    </section>
  )
}
