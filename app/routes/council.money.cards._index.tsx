import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { issueCard } from '#services/cards/issue-card.server.ts'
import { pressCouncilCard } from '#services/cards/council-card.server.ts'
import { programmesPage } from '#services/cards/programmes-page.server.ts'
import { saveProgramme } from '#services/cards/save-programme.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Select } from '~/components/forms/select.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { FilesBrought } from '~/components/prepaid/files-brought.tsx'
import { ProgrammeForm } from '~/components/prepaid/programme-form.tsx'
import { StopCard } from '~/components/prepaid/stop-card.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { counted } from '~/components/week/words.ts'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Prepaid cards – Kith' }]

const PATH = '/council/money/cards'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    programmesPage(deps, actor, { council: url.searchParams.get('council') }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const input = { ...valuesOf(form), councilId: text(form, 'councilId') }
    return answer(form, async () => {
      if (text(form, 'intent') === 'issue') {
        await issueCard(deps, actor, input)
        return redirectWithNotice(PATH, 'The card is made. The person is told.')
      }
      if (text(form, 'intent') === 'press') {
        await pressCouncilCard(deps, actor, input)
        return redirectWithNotice(PATH, 'It is done, and the person is told.')
      }
      await saveProgramme(deps, actor, input)
      return redirectWithNotice(PATH, 'Saved. It counts from the next purchase on.')
    })
  })

type Page = ReturnType<typeof useLoaderData<typeof loader>>
const STATES: Readonly<Record<Page['cards'][number]['state'], string>> = {
  waiting: 'In the post',
  active: 'Works',
  frozen: 'Frozen',
  replaced: 'Ended',
  closed: 'Ended',
}

export default function CouncilCards() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const at = typed(answered, 'programmeId')
  const intent = typed(answered, 'intent')
  const issuing = intent === 'issue' || intent === 'press'
  const formId = at || 'new'
  const ids = issuing
    ? {}
    : Object.fromEntries(Object.keys(answered?.errors ?? {}).map((name) => [name, `${name}-${formId}`]))
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <ErrorSummary errors={answered?.errors} ids={ids} />
      <header className="narrow stack-s">
        <h1>Prepaid cards</h1>
        <p className="lead">
          {page.council.name} has {counted(page.programmes.length, 'card scheme', 'card schemes')} and{' '}
          {counted(page.cards.length, 'card in use', 'cards in use')}.{' '}
          {page.without.length === 0
            ? 'Every fund that is held on a card has one.'
            : `Held on a card and without one yet: ${counted(page.without.length, 'fund', 'funds')}.`}
        </p>
        {page.label ? <p>{page.label}</p> : null}
        <p>
          <LinkButton href="/council/money/cards/file" kind="second">
            Bring a scheme’s file
          </LinkButton>
        </p>
      </header>
      <section className="stack" aria-labelledby="cards">
        <h2 id="cards">Cards in use</h2>
        {page.cards.length === 0 ? (
          <p>No card is in use yet.</p>
        ) : (
          <DataTable
            caption="Cards by who carries them"
            hideCaption
            columns={[
              { key: 'person', label: 'Person' },
              { key: 'fund', label: 'Fund' },
              { key: 'scheme', label: 'Scheme' },
              { key: 'card', label: 'Card', nowrap: true },
              { key: 'state', label: 'How it stands', nowrap: true },
              { key: 'changed', label: 'Last change' },
            ]}
            rows={page.cards.map((card) => ({
              key: card.id,
              cells: {
                person: card.holder ? `${card.person}, carried by ${card.holder}` : card.person,
                fund: card.fund,
                scheme: card.scheme,
                card: `Ending ${card.last4}`,
                state: <Tag tone={card.state === 'active' ? 'done' : 'plain'}>{STATES[card.state]}</Tag>,
                changed: card.changed ?? '–',
              },
            }))}
          />
        )}
        <Stopping page={page} />
      </section>
      <IssueForm page={page} />
      <FilesBrought files={page.files} programmes={page.programmes} />
      <section className="stack" aria-labelledby="schemes">
        <h2 id="schemes">Card schemes, and what is agreed for each</h2>
        {page.programmes.map((one) => (
          <Card key={one.id} labelledBy={`scheme-${one.id}`}>
            <h3 id={`scheme-${one.id}`}>{one.name}</h3>
            <ul>
              <li>
                {one.runs === 'asks'
                  ? 'Each purchase is asked of Kith’s books before it is paid.'
                  : 'Purchases come here with the scheme’s file, after they were paid.'}
              </li>
              {one.words.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
            <Details
              summary={`Change what is agreed for ${one.name}`}
              kind="box"
              open={!issuing && at === one.id}
            >
              <ProgrammeForm
                councilId={page.council.id}
                programme={one}
                kinds={page.kinds}
                typed={!issuing && at === one.id ? (answered?.values ?? null) : null}
                errors={!issuing && at === one.id ? (answered?.errors ?? {}) : {}}
              />
            </Details>
          </Card>
        ))}
        <Details
          summary="Set up another card scheme"
          kind="box"
          open={page.programmes.length === 0 || (answered !== undefined && !issuing && at === '')}
        >
          <ProgrammeForm
            councilId={page.council.id}
            programme={null}
            kinds={page.kinds}
            typed={!issuing && at === '' ? (answered?.values ?? null) : null}
            errors={!issuing && at === '' ? (answered?.errors ?? {}) : {}}
          />
        </Details>
      </section>
    </div>
  )
}

/** Freezing and ending, and whom to ring about cards that cannot be stopped from here. */
function Stopping({ page }: { page: Page }) {
  const answered = useAnswer()
  const given = typed(answered, 'intent') === 'press' ? answered : undefined
  const here = page.cards.filter(({ presses }) => presses.length > 0)
  const elsewhere = [...new Set(page.cards.flatMap((card) => (card.elsewhere ? [card.scheme] : [])))]
  return (
    <>
      {here.length > 0 ? (
        <Details summary="Freeze a card, unfreeze it or end it" kind="box" open={given !== undefined}>
          <StopCard
            councilId={page.council.id}
            cards={here}
            reasons={page.reasons}
            typed={(name) => typed(given, name)}
            errors={given?.errors ?? {}}
          />
        </Details>
      ) : null}
      {elsewhere.map((scheme) => (
        <p key={scheme}>
          Cards of {scheme} cannot be stopped from here: it is run by somebody else, who only tells us what
          was paid. Ring whoever runs it, on the number in your agreement with them or on the back of the
          card.
        </p>
      ))}
    </>
  )
}

function IssueForm({ page }: { page: Page }) {
  const answered = useAnswer()
  const given = typed(answered, 'intent') === 'issue' ? answered : undefined
  if (page.programmes.length === 0 || page.without.length === 0) return null
  return (
    <section className="narrow stack" aria-labelledby="issue">
      <h2 id="issue">Have a card made</h2>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="intent" value="issue" />
        <input type="hidden" name="councilId" value={page.council.id} />
        <Select
          name="allocationId"
          label="For which fund?"
          hint="Funds that are held on a card and have none."
          firstLine="Choose a fund"
          options={page.without.map(({ id, label }) => ({ value: id, label }))}
          defaultValue={typed(given, 'allocationId')}
          error={given?.errors['allocationId']}
        />
        <Select
          name="programmeId"
          label="Which card scheme?"
          firstLine="Choose a scheme"
          options={page.programmes.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={
            typed(given, 'programmeId') ?? (page.programmes.length === 1 ? page.programmes[0]?.id : '')
          }
          error={given?.errors['programmeId']}
        />
        <Radios
          name="form"
          label="What kind of card?"
          options={[
            { value: 'plastic', label: 'A card in the post', hint: 'It is started when it has come.' },
            {
              value: 'virtual',
              label: 'A number for paying online and by telephone',
              hint: 'It works at once.',
            },
          ]}
          defaultValue={typed(given, 'form') ?? 'plastic'}
          error={given?.errors['form']}
        />
        <Details
          summary="For a scheme that sends files"
          kind="box"
          open={'reference' in (given?.errors ?? {}) || 'last4' in (given?.errors ?? {})}
        >
          <div className="stack">
            <TextField
              name="reference"
              label="The scheme’s reference for the card"
              hint="As its file has it. Never the long number on the card."
              defaultValue={typed(given, 'reference')}
              error={given?.errors['reference']}
            />
            <TextField
              name="last4"
              label="The last four figures on the card"
              width={4}
              inputMode="numeric"
              defaultValue={typed(given, 'last4')}
              error={given?.errors['last4']}
            />
          </div>
        </Details>
        <Button>Have it made</Button>
      </form>
    </section>
  )
}
