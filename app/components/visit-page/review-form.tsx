import { Button } from '../button/button.tsx'
import { ChoiceLine } from '../forms/choices.tsx'
import { Group, type FieldError } from '../forms/field.tsx'
import { Textarea } from '../forms/text-field.tsx'

export interface ReviewFormProps {
  personId: string
  provider: string
  questions: readonly { name: string; label: string; least: string; most: string }[]
  errors: Readonly<Record<string, FieldError>> | null
  /** What was typed, else what is written already. */
  value: (name: string) => string | undefined
  again: boolean
}

/** Five scores from 1 to 5, with a word at both ends, and a comment. */
export function ReviewForm({ personId, provider, questions, errors, value, again }: ReviewFormProps) {
  return (
    <form method="post" className="stack-l" noValidate>
      <input type="hidden" name="intent" value="review" />
      <input type="hidden" name="personId" value={personId} />
      {questions.map((question) => (
        <Group
          key={question.name}
          name={question.name}
          label={question.label}
          hint={`1 is ${question.least}, 5 is ${question.most}.`}
          error={errors?.[question.name]}
        >
          <div className="scores">
            {['1', '2', '3', '4', '5'].map((score, i) => (
              <ChoiceLine
                key={score}
                type="radio"
                id={i === 0 ? question.name : `${question.name}-${score}`}
                name={question.name}
                option={{ value: score, label: score }}
                checked={value(question.name) === score}
                box={false}
              />
            ))}
          </div>
        </Group>
      ))}
      <Textarea
        name="comment"
        label="In your own words (you may leave this empty)"
        hint={`Everybody can read it. Your name is not shown. ${provider} can reply once.`}
        rows={4}
        defaultValue={value('comment') ?? ''}
        error={errors?.['comment']}
      />
      <Button>{again ? 'Save the change' : 'Say how it went'}</Button>
    </form>
  )
}
