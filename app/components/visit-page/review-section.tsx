import { Details } from '../details/details.tsx'
import type { FieldError } from '../forms/field.tsx'
import { Notice } from '../notice/notice.tsx'
import type { Whose } from '../week/words.ts'
import { ReviewForm } from './review-form.tsx'

export interface ReviewSectionProps {
  page: {
    person: Whose & { id: string }
    provider: { name: string }
    mayReview: boolean
    canReview: boolean
    saidLately: boolean
    state: string
    questions: readonly { name: string; label: string; least: string; most: string }[]
    review: {
      scores: Readonly<Record<string, number>>
      comment: string
      writtenOn: string
      editUntil: string | null
      reply: string | null
      repliedOn: string | null
    } | null
  }
  errors: Readonly<Record<string, FieldError>> | null
  /** What was typed, when the form comes back. */
  typed: ((name: string) => string | undefined) | null
}

/** How it went: the form once a visit is confirmed, what was written after that, and the provider's reply. */
export function ReviewSection({ page, errors, typed }: ReviewSectionProps) {
  const { review, person, provider } = page
  if (!review && !page.canReview) {
    const over = page.state === 'confirmed' || page.state === 'settled'
    return over && page.saidLately ? (
      <p className="small soft">
        {person.self ? 'You' : person.shortName} told us how this support goes less than three months ago. We
        ask again after that.
      </p>
    ) : null
  }
  const form = (
    <ReviewForm
      personId={person.id}
      provider={provider.name}
      questions={page.questions}
      errors={errors}
      again={review !== null}
      value={(name) =>
        typed
          ? typed(name)
          : name === 'comment'
            ? review?.comment
            : review?.scores[name] === undefined
              ? undefined
              : String(review.scores[name])
      }
    />
  )
  return (
    <section className="stack" aria-labelledby="review">
      <h2 id="review">How did it go?</h2>
      {page.mayReview ? null : (
        <Notice tone="plain">
          <p>
            You may not say how it went for {person.shortName}. They, or their council, can change what you
            may do.
          </p>
        </Notice>
      )}
      {review ? (
        <>
          <p className="small soft">Written on {review.writtenOn}. It shows on their page without a name.</p>
          <dl className="facts">
            {page.questions.map((question) => (
              <div key={question.name}>
                <dt>{question.label}</dt>
                <dd>{review.scores[question.name]} of 5</dd>
              </div>
            ))}
          </dl>
          {review.comment ? <blockquote>“{review.comment}”</blockquote> : null}
          {review.reply ? (
            <>
              <h3>
                {provider.name} replied on {review.repliedOn}
              </h3>
              <blockquote>“{review.reply}”</blockquote>
            </>
          ) : null}
          {page.mayReview && review.editUntil ? (
            <Details summary={`Change what you wrote, until ${review.editUntil}`} open={typed !== null}>
              {form}
            </Details>
          ) : null}
        </>
      ) : page.mayReview ? (
        <>
          <p>Other people read this when they choose. Low scores count like high ones.</p>
          {form}
        </>
      ) : null}
    </section>
  )
}
