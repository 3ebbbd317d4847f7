import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DomainError } from '#services/kernel/errors.ts'
import { joinLists } from '#services/shortlist/join-lists.server.ts'
import { comment, takeBackComment, writeNote } from '#services/shortlist/say.server.ts'
import { shortlistPage } from '#services/shortlist/shortlist-page.server.ts'
import { commentSchema, noteSchema, takeBackSchema } from '#services/shortlist/shortlist.schema.ts'
import { requireSameList } from '#services/shortlist/shortlist.policy.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Entry } from '~/components/shortlist/entry.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { inBrowser, keepInBrowser } from '~/http/shortlist.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? titleOf(page) : 'My shortlist'} – Kith` },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, request }) => shortlistPage(deps, actor, inBrowser(request)))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const personId = text(form, 'personId')
    const entryId = text(form, 'entryId')
    return answer(form, async () => {
      if (personId === '') throw new DomainError('INVALID', 'Open the page again from the start.')
      requireSameList(actor, personId)
      switch (text(form, 'intent')) {
        case 'note':
          await writeNote(deps, actor, noteSchema.parse({ personId, entryId, note: text(form, 'note') }))
          return redirectWithNotice('/shortlist', 'What you wrote is saved.')
        case 'comment':
          await comment(
            deps,
            actor,
            commentSchema.parse({ personId, entryId, comment: text(form, 'comment') }),
          )
          return redirectWithNotice('/shortlist', 'Your comment is added.')
        case 'take_back':
          await takeBackComment(
            deps,
            actor,
            takeBackSchema.parse({ personId, commentId: text(form, 'commentId') }),
          )
          return redirectWithNotice('/shortlist', 'Your comment is taken back.')
        case 'join': {
          const { joined, inBrowser: rest } = await joinLists(deps, actor, inBrowser(request))
          const now = await redirectWithNotice('/shortlist', joinedWords(joined, rest.length))
          now.headers.append('Set-Cookie', keepInBrowser(deps, rest))
          return now
        }
        default:
          throw new DomainError('INVALID', 'Choose what to do.')
      }
    })
  })

const services = (count: number): string => (count === 1 ? '1 service' : `${String(count)} services`)

function joinedWords(joined: number, left: number): string {
  const added = joined === 0 ? 'Nothing new was added.' : `${services(joined)} added.`
  return left === 0 ? added : `${added} There was no room for ${services(left)}: take some off first.`
}

type Page = Awaited<ReturnType<typeof shortlistPage>>

const titleOf = ({ whose }: Pick<Page, 'whose'>): string =>
  whose.kind === 'person' && !whose.self ? `${whose.shortName}’s shortlist` : 'My shortlist'

const COMPARE = 'compare'

export default function Shortlist() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const said = answered && 'errors' in answered ? answered : null
  const wrongEntry = typed(said, 'entryId') ?? ''
  const listed = page.entries.filter(({ card }) => card.listed !== null).length
  return (
    <div className="stack-l">
      <BackLink href="/find">Find more support</BackLink>
      <ErrorSummary
        errors={said?.errors}
        ids={{ note: `note-${wrongEntry}`, comment: `comment-${wrongEntry}` }}
      />
      <header className="stack narrow">
        <h1>{titleOf(page)}</h1>
        <p className="lead">
          {page.entries.length === 0
            ? 'A place to keep support that may be right, until you decide.'
            : `${services(page.entries.length)} kept. Nothing here is booked, and no provider is told.`}
        </p>
        <WhoSees page={page} />
      </header>
      <Join page={page} />
      {page.entries.length === 0 ? (
        <Empty title="Nothing is kept yet" level={2}>
          <p>
            Press “Keep” beside any support that you find. Then you can look at up to {page.mostCompared} side
            by side here: price, times, checks, and what people say.
          </p>
          <p>
            <LinkButton href="/find">Find support</LinkButton>
          </p>
          <p className="go">
            <a href="/help">Talk it through with a person</a>
          </p>
        </Empty>
      ) : (
        <>
          {listed > 0 ? (
            <form action="/compare" id={COMPARE} className="no-print row" aria-label="Compare">
              <Button>Compare what is ticked</Button>
              <p>Tick up to {page.mostCompared} below. They are shown side by side.</p>
            </form>
          ) : null}
          <ul className="plain stack-l">
            {page.entries.map(({ card, written }) => (
              <Entry
                key={card.id}
                card={card}
                written={written}
                whose={page.whose}
                compareForm={COMPARE}
                wrong={
                  said && written?.entryId === wrongEntry
                    ? { errors: said.errors, note: typed(said, 'note'), comment: typed(said, 'comment') }
                    : null
                }
              />
            ))}
          </ul>
          {listed > 1 ? (
            <p className="no-print">
              <Button form={COMPARE}>Compare what is ticked</Button>
            </p>
          ) : null}
        </>
      )}
    </div>
  )
}

/** Who else sees this list, by name where it is the reader's own. */
function WhoSees({ page: { whose, supporters } }: { page: Page }) {
  if (whose.kind === 'browser')
    return whose.signedIn ? (
      <p>
        It is kept in this browser only. If you help somebody with a list of their own,{' '}
        <a href="/my/circle">choose first for whom you do this</a>. Then you can add what is here to their
        list.
      </p>
    ) : (
      <p>
        It is kept in this browser only: which services, and nothing else.{' '}
        <a href="/sign-in?next=%2Fshortlist">Sign in</a> to put it with your own list, write why you kept
        something, and share it with people who support you.
      </p>
    )
  if (!whose.self)
    return (
      <p>
        {whose.shortName} sees this list, and so do supporters who were given this right. You can keep
        services, take them off and comment. {whose.shortName} sees your name beside what you do.
      </p>
    )
  if (!supporters || supporters.length === 0)
    return (
      <p>
        Nobody else sees it. If you want somebody to look with you, give them the right “Keep a shortlist” on{' '}
        <a href="/my/circle">My circle</a>.
      </p>
    )
  return (
    <p>
      {supporters.map(({ name, relationship }) => `${name} (your ${relationship})`).join(', ')}{' '}
      {supporters.length === 1 ? 'sees' : 'see'} this list too, and can keep services, take them off and
      comment. You choose who can on <a href="/my/circle">My circle</a>.
    </p>
  )
}

/** What this browser kept before somebody signed in, or acted for this person. */
function Join({ page: { whose, inBrowser: count } }: { page: Page }) {
  if (count === 0 || whose.kind !== 'person') return null
  return (
    <form method="post" action="/shortlist" className="panel stack-s no-print">
      <p>
        This browser keeps {services(count)} that {count === 1 ? 'is' : 'are'} not on this list.
      </p>
      <input type="hidden" name="personId" value={whose.personId} />
      <Button kind="second" size="small" name="intent" value="join">
        {count === 1 ? 'Add it' : 'Add them'} to {whose.self ? 'my' : `${whose.shortName}’s`} list
      </Button>
    </form>
  )
}
