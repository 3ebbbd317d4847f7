import { Button } from '../button/button.tsx'
import { Radios } from '../forms/choices.tsx'
import { Select } from '../forms/select.tsx'
import { Textarea } from '../forms/text-field.tsx'

const LABELS = {
  freeze: {
    label: 'Freeze it',
    hint: 'Nothing can be paid with it until somebody unfreezes it. The person can, too.',
  },
  unfreeze: { label: 'Unfreeze it', hint: 'It works again at once.' },
  end: {
    label: 'End it',
    hint: 'For good. What is left in the fund stays there; you can have a new card made.',
  },
} as const

/** Finance stops a card of its people, or lets it work again. `typed` and `errors` are of this form. */
export function StopCard({
  councilId,
  cards,
  reasons,
  typed,
  errors,
}: {
  councilId: string
  cards: readonly { id: string; person: string; holder: string | null; last4: string; state: string }[]
  reasons: readonly { code: string; label: string }[]
  typed: (name: string) => string | undefined
  errors: Readonly<Record<string, readonly string[]>>
}) {
  return (
    <form method="post" className="stack" noValidate>
      <input type="hidden" name="intent" value="press" />
      <input type="hidden" name="councilId" value={councilId} />
      <Select
        name="cardId"
        label="Which card?"
        firstLine="Choose a card"
        options={cards.map((card) => ({
          value: card.id,
          label: `${card.person}, ending ${card.last4}${card.holder ? `, carried by ${card.holder}` : ''}${card.state === 'frozen' ? ' (frozen)' : ''}`,
        }))}
        defaultValue={typed('cardId')}
        error={errors['cardId']}
      />
      <Radios
        name="press"
        label="What is to be done with it?"
        options={(['freeze', 'unfreeze', 'end'] as const).map((value) => ({ value, ...LABELS[value] }))}
        defaultValue={typed('press')}
        error={errors['press']}
      />
      <Radios
        name="why"
        label="Why?"
        hint="The person is told who did it and why."
        options={reasons.map(({ code, label }) => ({ value: code, label }))}
        defaultValue={typed('why')}
        error={errors['why']}
      />
      <Textarea
        name="note"
        label="Anything else to tell the person (you do not have to)"
        rows={2}
        defaultValue={typed('note')}
        error={errors['note']}
      />
      <Button>Do this, and tell the person</Button>
    </form>
  )
}
