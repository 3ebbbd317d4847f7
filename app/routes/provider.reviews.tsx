import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { isId } from '#services/kernel/ids.ts'
import { notFound } from '#services/kernel/errors.ts'
import { replySchema } from '#services/quality/review.schema.ts'
import { type ReviewsPage, reviewsPage } from '#services/quality/reviews-page.server.ts'
import { replyToReview } from '#services/quality/write-review.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { Pages } from '~/components/navigation/navigation.tsx'
import { ExperienceBars } from '~/components/voices/experience.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'What people say – Kith' }]

/** Page 1 for anything that is no number: an old or mistyped address still leads somewhere. */
const pageOf = (url: URL): number => {
  const wanted = url.searchParams.get('page') ?? '1'
  return /^\d{1,6}$/.test(wanted) ? Number(wanted) : 1
}

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    reviewsPage(deps, actor, { org: url.searchParams.get('org'), page: pageOf(url) }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    const reviewId = text(form, 'reviewId')
    if (!isId(reviewId)) throw notFound()
    return answer(form, async () => {
      await replyToReview(deps, actor, { reviewId, ...replySchema.parse(valuesOf(form)) })
      const org = url.searchParams.get('org')
      const query = new URLSearchParams({ ...(org ? { org } : {}), page: String(pageOf(url)) })
      return redirectWithNotice(
        `/provider/reviews?${query.toString()}`,
        'Your reply is shown below what they wrote.',
      )
    })
  })

export default function Reviews() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const said = answered && 'errors' in answered ? answered : null
  const about = typed(said, 'reviewId') ?? ''
  return (
    <div className="stack-l">
      <ErrorSummary errors={said?.errors} ids={{ reply: `reply-${about}` }} />
      <header className="stack-s">
        <h1>What people say</h1>
        <p className="lead">
          {page.people === 0
            ? `Nobody has said how it went with ${page.provider.name} yet.`
            : `${page.people === 1 ? 'One person has' : `${String(page.people)} people have`} said how it goes with ${page.provider.name}.`}
          {page.unanswered > 0
            ? ` ${page.unanswered === 1 ? 'One has' : `${String(page.unanswered)} have`} no reply from you yet.`
            : ''}
        </p>
      </header>
      {page.inAll === 0 ? (
        <Empty title="Nothing here yet" level={2}>
          <p>
            After a visit that somebody has said yes to, they are asked how it went. What they write comes
            here.
          </p>
        </Empty>
      ) : (
        <div className="split">
          <section className="stack-l" aria-labelledby="words">
            <h2 id="words">Newest first</h2>
            <ol className="plain stack">
              {page.reviews.map((review) => (
                <li key={review.id}>
                  <Review
                    review={review}
                    mayReply={page.mayReply}
                    answered={about === review.id ? said : null}
                  />
                </li>
              ))}
            </ol>
            <Pages
              current={page.page}
              total={page.pages}
              base={`/provider/reviews?org=${page.provider.id}&page=`}
              label="Pages of reviews"
            />
          </section>
          <aside className="side stack-l" aria-label="Scores">
            <Card labelledBy="scores">
              <h2 id="scores">How many gave each score</h2>
              <p className="small soft">
                Each person counts once, with what they said last. This is what everybody sees.
              </p>
              {page.spreads[0]?.counts ? (
                page.spreads.map((spread) => (
                  <ExperienceBars
                    key={spread.score}
                    caption={spread.words}
                    count={page.people}
                    scores={spread.counts}
                  />
                ))
              ) : (
                <ExperienceBars caption="Scores" count={page.people} />
              )}
            </Card>
          </aside>
        </div>
      )}
    </div>
  )
}

function Review({
  review,
  mayReply,
  answered,
}: {
  review: ReviewsPage['reviews'][number]
  mayReply: boolean
  answered: { errors: Record<string, string[]>; values: Record<string, string | string[]> } | null
}) {
  return (
    <Card>
      <p className="small soft">
        {review.service}, {review.month}
      </p>
      {review.comment ? (
        <blockquote>“{review.comment}”</blockquote>
      ) : (
        <p>They gave scores and wrote nothing.</p>
      )}
      <Details summary="Their scores">
        <ul className="plain stack-s">
          {review.scores.map((score) => (
            <li key={score.words}>
              {score.words}: <strong className="num">{score.given}</strong> of 5
            </li>
          ))}
        </ul>
      </Details>
      {review.reply ? (
        <div className="stack-s">
          <h3>Your reply{review.repliedOn ? `, ${review.repliedOn}` : ''}</h3>
          <p>{review.reply}</p>
        </div>
      ) : mayReply ? (
        <Details
          summary={
            <>
              Reply
              <span className="vh">
                {' '}
                to {review.comment ? `“${review.comment.slice(0, 60)}”` : 'their scores'}
              </span>
            </>
          }
          open={answered !== null}
        >
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="reviewId" value={review.id} />
            <Textarea
              id={`reply-${review.id}`}
              name="reply"
              label="Your reply"
              hint="Everybody can read it, and it cannot be changed. Say nothing about who wrote this or their health."
              rows={4}
              defaultValue={typed(answered, 'reply')}
              error={answered?.errors['reply']}
            />
            <p>
              <Button>Reply, once</Button>
            </p>
          </form>
        </Details>
      ) : (
        <p className="small soft">No reply yet. An owner or coordinator can reply once.</p>
      )}
    </Card>
  )
}
