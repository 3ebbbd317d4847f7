import { Button, LinkLikeButton } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'

export interface OrderFormProps {
  personId: string
  /** In the order in which they pay now. */
  funds: readonly { id: string; name: string }[]
  /** The person's own money, and whether it may pay. */
  own: { id: string; used: boolean } | null
  /** Whether the order is the person's own. */
  chosen: boolean
}

/** Funds put in the person's own order, one press a step: no dragging. */
export function OrderForm({ personId, funds, own, chosen }: OrderFormProps) {
  return (
    <Details summary="Use the funds in another order">
      <form method="post" className="stack">
        <input type="hidden" name="intent" value="order" />
        <input type="hidden" name="personId" value={personId} />
        <ol className="stack-s">
          {funds.map((fund, index) => (
            <li key={fund.id}>
              <input type="hidden" name="order" value={fund.id} />
              <span className="row-s">
                {fund.name}
                {index > 0 ? (
                  <Button kind="second" size="small" name="up" value={fund.id}>
                    Move up<span className="vh"> {fund.name}</span>
                  </Button>
                ) : null}
              </span>
            </li>
          ))}
        </ol>
        {own ? (
          <Button kind="second" name="own" value={own.id}>
            {own.used ? 'Do not use own money' : 'Let own money pay what is left'}
          </Button>
        ) : null}
        {chosen ? (
          <Button kind="quiet" name="reset" value="yes">
            Go back to our order
          </Button>
        ) : null}
      </form>
    </Details>
  )
}

/** Own money joins where the person reads that something is missing: one press, nothing to open first. */
export function OwnMoney({
  personId,
  funds,
  own,
}: Pick<OrderFormProps, 'personId' | 'funds'> & { own: string }) {
  return (
    <form method="post">
      <input type="hidden" name="intent" value="order" />
      <input type="hidden" name="personId" value={personId} />
      {funds.map((fund) => (
        <input key={fund.id} type="hidden" name="order" value={fund.id} />
      ))}
      <LinkLikeButton name="own" value={own}>
        let own money pay what is left
      </LinkLikeButton>
    </form>
  )
}
