import { pounds } from '#services/kernel/money.ts'
import { LinkLikeButton } from '../button/button.tsx'
import { Details } from '../details/details.tsx'
import { Notice } from '../notice/notice.tsx'
import { tel, type Whose } from './words.ts'

export interface LateVisitProps {
  visit: {
    id: string
    late: string
    contingency: string
    pence: number | null
    provider: { name: string; phone: string | null }
  }
  person: Whose & { id: string }
  council: { name: string; urgentPhone: string }
  /** False for a supporter who may not say whether a visit happened. */
  mayConfirm: boolean
}

/** Nobody has come: what to do, in the order in which to do it. */
export function LateVisit({ visit, person, council, mayConfirm }: LateVisitProps) {
  const { self, shortName } = person
  return (
    <Notice tone="warn" level={2} id={`late-${visit.id}`} title={visit.late}>
      <p>
        {visit.provider.name} has not said that anyone has come. Nothing will be paid for a visit that did not
        happen.
      </p>
      <Details summary="Nobody has come: what to do" open>
        <ol>
          <li>
            <strong>
              Ring {visit.provider.name}
              {visit.provider.phone ? (
                <>
                  : <a href={tel(visit.provider.phone)}>{visit.provider.phone}</a>
                </>
              ) : null}
              .
            </strong>
          </li>
          {visit.contingency ? (
            <li>
              <strong>Their back-up:</strong> {visit.contingency}
            </li>
          ) : null}
          <li>
            <strong>{self ? 'Are you safe on your own?' : `Is ${shortName} safe alone?`}</strong> If not, ring{' '}
            {council.name} on <a href={tel(council.urgentPhone)}>{council.urgentPhone}</a>, day or night. If a
            life is in danger, ring <a href="tel:999">999</a>.
          </li>
          <li>
            {mayConfirm ? (
              <form method="post" className="row-s">
                <input type="hidden" name="intent" value="missed" />
                <input type="hidden" name="personId" value={person.id} />
                <input type="hidden" name="visitId" value={visit.id} />
                <LinkLikeButton>Say that nobody came</LinkLikeButton>
              </form>
            ) : (
              `Ask ${shortName}, or somebody who may, to say that nobody came.`
            )}{' '}
            {visit.pence
              ? `The ${pounds(visit.pence)} goes back when they agree, or after 48 hours without a word from them.`
              : 'They have 48 hours to answer.'}
          </li>
        </ol>
      </Details>
      <p>
        <a href={`/my/visits/${visit.id}`}>Did somebody come after all? See this visit</a>
      </p>
    </Notice>
  )
}
