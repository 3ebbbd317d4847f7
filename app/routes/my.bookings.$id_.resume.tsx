import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { resumeDaySchema, resumeSchema } from '#services/bookings/pause.schema.ts'
import { resumeOnce } from '#services/bookings/press-once.server.ts'
import { resumePage, type ResumePage } from '#services/bookings/resume-page.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Start again – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params, url }) => {
    const asked = readDate(url.searchParams, 'from')
    const day = resumeDaySchema.safeParse({ from: asked })
    const page = await resumePage(deps, actor, params['id'] ?? '', day.success ? day.data.from : null)
    const wrong = asked !== '' && !day.success ? (day.error.issues[0]?.message ?? null) : null
    return { ...page, wrong }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const bookingId = params['id'] ?? ''
    return answer(form, async () => {
      requirePersonInView(actor, text(form, 'personId'))
      const input = resumeSchema.parse({
        personId: text(form, 'personId'),
        from: text(form, 'from'),
        without: texts(form, 'without'),
      })
      const done = await resumeOnce(deps, actor, { bookingId, ...input })
      const planned = done ? done.visits - done.setAside : 0
      return redirectWithNotice(
        `/my/bookings/${bookingId}`,
        `${done ? `${visits(done.visits)} ${done.visits === 1 ? 'is' : 'are'} booked again.` : 'It is booked again.'}${planned > 0 ? ` The money for ${String(planned)} of them comes later.` : ''} The provider has been told.`,
      )
    })
  })

const visits = (count: number): string => (count === 1 ? 'One visit' : `${String(count)} visits`)

export default function Resume() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const errors =
    answered && 'errors' in answered ? answered.errors : page.wrong ? { from: [page.wrong] } : null
  return (
    <div className="flow narrow">
      <BackLink href={`/my/bookings/${page.id}`}>{page.title}</BackLink>
      <ErrorSummary errors={errors} />
      <header className="stack">
        <h1>Start again</h1>
        <p className="lead">
          {page.title}, with {page.provider.name}. Look at the dates, then say yes to them.
        </p>
      </header>
      <form method="get" className="stack" noValidate>
        <DateField
          name="from"
          label="From which day do the visits go on?"
          hint={
            page.noticeHours > 0
              ? `${page.provider.name} needs ${String(page.noticeHours)} hours to plan.`
              : 'For example 3 12 2026'
          }
          defaultValue={page.from}
          error={errors?.['from']}
        />
        <p>
          <Button kind="second">Show the dates</Button>
        </p>
      </form>
      <Dates page={page} />
    </div>
  )
}

function Dates({ page }: { page: ResumePage }) {
  const rows = [
    ...page.coming.map((visit) => ({ ...visit, tag: <Tag tone="done">Somebody is free</Tag> })),
    ...page.taken.map((visit) => ({ ...visit, tag: <Tag tone="stop">Nobody is free</Tag> })),
    ...page.gone.map((visit) => ({ ...visit, tag: <Tag>Before that day</Tag> })),
  ]
  return (
    <section className="stack" aria-labelledby="dates">
      <h2 id="dates">From {page.fromWords}</h2>
      <p>
        {page.coming.length === 0
          ? 'No visit can come back from that day on.'
          : `${visits(page.coming.length)} can be booked again.`}
        {page.taken.length > 0
          ? ` On ${page.taken.length === 1 ? 'one date' : `${String(page.taken.length)} dates`} nobody from ${page.provider.name} is free any more. You can start again without ${page.taken.length === 1 ? 'it' : 'them'}.`
          : ''}
        {page.gone.length > 0
          ? ` ${visits(page.gone.length)} before that ${page.gone.length === 1 ? 'is' : 'are'} not made up for.`
          : ''}
      </p>
      {rows.length > 0 ? (
        <DataTable
          caption="Every date"
          cards
          columns={[
            { key: 'when', label: 'When' },
            { key: 'price', label: 'Price', numeric: true },
            { key: 'tag', label: 'Can they come?' },
          ]}
          rowHeader="when"
          rows={rows.map((row) => ({
            key: row.id,
            cells: { when: row.when, price: pounds(row.pence), tag: row.tag },
          }))}
        />
      ) : null}
      {page.coming.length === 0 ? (
        <Notice tone="plain">
          <p>
            Choose an earlier day, ring {page.provider.name}
            {page.provider.phone ? ` on ${page.provider.phone}` : ''}, or end this support and ask again.
          </p>
        </Notice>
      ) : (
        <form method="post" className="stack">
          <input type="hidden" name="personId" value={page.person.id} />
          <input type="hidden" name="from" value={page.from} />
          {page.taken.map((visit) => (
            <input key={visit.id} type="hidden" name="without" value={visit.id} />
          ))}
          <p>
            {page.enough
              ? `${pounds(page.total)} is set aside again, at the price that was agreed.`
              : `It costs ${pounds(page.total)} in all, at the price that was agreed. What has arrived does not reach for all of it: later visits are planned, and their money is set aside when it comes.`}
          </p>
          <p>
            <Button size="big">
              {page.taken.length > 0
                ? `Start again without ${page.taken.length === 1 ? 'that date' : 'those dates'}`
                : `Start again with ${page.coming.length === 1 ? 'this visit' : `these ${String(page.coming.length)} visits`}`}
            </Button>
          </p>
        </form>
      )}
    </section>
  )
}
