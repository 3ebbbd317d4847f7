import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { importCardFile, previewCardFile } from '#services/cards/import-card-file.server.ts'
import { issueCard } from '#services/cards/issue-card.server.ts'
import { cardFilePage } from '#services/cards/programmes-page.server.ts'
import { system } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import { reconcile } from '#services/reconciliation/reconcile.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { type CardHouse, makeCardHouse } from '#tests/factories/cards.ts'
import { makePerson } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
let scheme: CardHouse
beforeAll(async () => {
  scheme = await makeCardHouse(house().deps, { runs: 'file' })
})
afterEach(async () => {
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
})

let number = 0
async function holder(pence = 10_000) {
  const { deps } = house()
  const person = await makePerson(deps, scheme.councilId, [{ pence, deployment: 'direct_payment_card' }])
  const [allocationId = ''] = person.allocationIds
  number += 1
  const reference = `MG-${String(number).padStart(4, '0')}`
  const cardId = await issueCard(deps, scheme.finance, {
    councilId: scheme.councilId,
    programmeId: scheme.programmeId,
    allocationId,
    reference,
    last4: '1234',
  })
  return { ...person, allocationId, reference, cardId }
}
const fund = async (allocationId: string) => {
  const of = (await readBalances(house().deps.db.prisma, [allocationId])).get(allocationId)
  return { available: of?.available, held: of?.held, spent: of?.spent }
}

const HEADING = 'Transaction ID,Card reference,Date,Type,Merchant,MCC,Amount'
const file = (...lines: string[]) => [HEADING, ...lines].join('\r\n')
const input = (text: string, changes: Record<string, string> = {}) => ({
  councilId: scheme.councilId,
  programmeId: scheme.programmeId,
  reference: 'Transaction ID',
  card: 'Card reference',
  date: 'Date',
  amount: 'Amount',
  type: 'Type',
  merchant: 'Merchant',
  mcc: 'MCC',
  types: 'PUR = purchase\nREF = refund\nLOAD = load\nATM = cash\nFEE = fee\nDEC = decline',
  file: text,
  ...changes,
})

describe('a scheme’s file', () => {
  test('is looked at first, taken in line by line, and changes nothing the second time', async () => {
    const { deps } = house()
    const ada = await holder()
    const text = file(
      `T${String(number)}1,${ada.reference},01/11/2026,LOAD,,,480.00`,
      `T${String(number)}2,${ada.reference},01/11/2026,PUR,Millgate Pool,7997,-12.50`,
      `T${String(number)}3,${ada.reference},01/11/2026,ATM,Cash machine,6011,-20.00`,
      `T${String(number)}4,${ada.reference},02/11/2026,FEE,,,-1.00`,
      `T${String(number)}5,${ada.reference},02/11/2026,REF,Millgate Pool,7997,2.50`,
      `T${String(number)}6,${ada.reference},02/11/2026,DEC,Corner Bets,7995,-5.00`,
      `T${String(number)}7,NOBODY,02/11/2026,PUR,A shop,,-5.00`,
      `T${String(number)}8,${ada.reference},03/11/2026,PUR,A shop,,-5.00`,
      `T${String(number)}9,${ada.reference},02/11/2026,PUR,A shop,,-5.001`,
      `T${String(number)}2,${ada.reference},01/11/2026,PUR,Millgate Pool,7997,-12.50`,
    )
    const preview = await previewCardFile(deps, scheme.finance, input(text))
    expect(preview).toMatchObject({ fresh: 6, known: 0, refused: 4 })
    expect(await fund(ada.allocationId)).toEqual({ available: 10_000, held: 0, spent: 0 })

    const done = await importCardFile(deps, scheme.finance, input(text))
    expect(done).toMatchObject({ fresh: 6, known: 0, refused: 4 })
    expect(
      done.lines.filter(({ stands }) => stands === 'refused').map(({ line, why }) => [line, why]),
    ).toEqual([
      [8, 'is of a card that is none of this scheme’s here: write the card down first'],
      [9, 'its date is still to come'],
      [10, 'its amount has more than two decimals'],
      [11, 'is the same as an earlier line, and counts once'],
    ])
    expect(await fund(ada.allocationId)).toEqual({ available: 6_900, held: 0, spent: 3_100 })

    expect(await previewCardFile(deps, scheme.finance, input(text))).toMatchObject({ fresh: 0, known: 6 })
    expect(await importCardFile(deps, scheme.finance, input(text))).toMatchObject({
      fresh: 0,
      known: 6,
      refused: 4,
    })
    expect(await fund(ada.allocationId)).toEqual({ available: 6_900, held: 0, spent: 3_100 })
  })

  test('two of the same at once take each line once', async () => {
    const { deps } = house()
    const ada = await holder()
    const text = file(`S${String(number)}1,${ada.reference},01/11/2026,PUR,Millgate Pool,7997,-12.50`)
    const done = await Promise.all([1, 2, 3].map(() => importCardFile(deps, scheme.finance, input(text))))
    expect(done.map(({ fresh }) => fresh).sort()).toEqual([0, 0, 1])
    expect(await fund(ada.allocationId)).toEqual({ available: 8_750, held: 0, spent: 1_250 })
  })

  test('more than is left is said by its line, and the others are taken', async () => {
    const { deps } = house()
    const ada = await holder(1_000)
    const text = file(
      `U${String(number)}1,${ada.reference},01/11/2026,PUR,A shop,,-10.01`,
      `U${String(number)}2,${ada.reference},01/11/2026,PUR,A shop,,-10.00`,
      `U${String(number)}3,${ada.reference},01/11/2026,REF,Elsewhere,,4.00`,
    )
    const done = await importCardFile(deps, scheme.finance, input(text))
    expect(done).toMatchObject({ fresh: 1, refused: 2 })
    expect(done.lines[0]?.why).toContain('less than this left')
    expect(done.lines[2]?.why).toContain('no purchase at that shop')
    expect(await fund(ada.allocationId)).toEqual({ available: 0, held: 0, spent: 1_000 })
  })

  test('what the books do not have is for somebody to look at, once, until a later file brings it in', async () => {
    const { deps } = house()
    const ada = await holder(1_000)
    const items = async () =>
      (
        await deps.db.prisma.reconciliationItem.findMany({
          where: { councilId: scheme.councilId, state: 'open', outsidePence: 1_033 },
        })
      ).map(({ words }) => words)
    const text = file(`V${String(number)}1,${ada.reference},01/11/2026,PUR,Lock Boats,,-10.33`)
    await importCardFile(deps, scheme.finance, input(text))
    await importCardFile(deps, scheme.finance, input(text))
    await reconcile(deps)
    const [words = '', ...more] = await items()
    expect(words).toContain(
      '£10.33 at Lock Boats and the ledger has not. Why the line was left out: the fund has less than this left',
    )
    expect(more).toEqual([])
    await deps.db.tx((tx) =>
      postJournals(tx, deps.clock.now(), system('test'), [
        allocationFunded(`more:${ada.allocationId}`, ada.allocationId, pence(33)),
      ]),
    )
    await importCardFile(deps, scheme.finance, input(text))
    expect(await items()).toEqual([])
    expect(await fund(ada.allocationId)).toEqual({ available: 0, held: 0, spent: 1_033 })
  })

  test.each([
    ['nothing in it', '', 'The file is empty.'],
    ['no heading', 'a,b,c\n1,2,3', 'No line of the first twenty'],
    ['a heading alone', HEADING, 'a heading and no lines'],
  ])('with %s is refused beside the file', async (_name, text, words) => {
    const error = await refusal(previewCardFile(house().deps, scheme.finance, input(text)))
    expect(error.code).toBe('INVALID')
    expect(error.details.fields?.['file']?.[0]).toContain(words)
  })

  test('a mapping that cannot be read is refused beside its field, and a good one is kept for the next file', async () => {
    const { deps } = house()
    const ada = await holder()
    const bad = await refusal(
      previewCardFile(deps, scheme.finance, input(file('x'), { types: 'PUR is purchase' })),
    )
    expect(bad.details.fields?.['types']?.[0]).toContain('cannot be read')
    const text = `Ref;Karte;On;Out;In\nV${String(number)};${ada.reference};2026-11-01;3,000.00;`
    await previewCardFile(
      deps,
      scheme.finance,
      input(text, {
        delimiter: 'semicolon',
        reference: 'Ref',
        card: 'Karte',
        date: 'On',
        amount: 'Out',
        moneyIn: 'In',
        type: '',
        merchant: '',
        mcc: '',
        order: 'year-month-day',
        spending: 'two_columns',
      }),
    )
    expect((await cardFilePage(deps, scheme.finance, { council: null })).form).toMatchObject({
      reference: 'Ref',
      spending: 'two_columns',
    })
  })

  test('another council’s finance finds no such scheme', async () => {
    const other = await makeCardHouse(house().deps)
    const error = await refusal(importCardFile(house().deps, other.finance, input(file('x'))))
    expect(error.code).toBe('NOT_FOUND')
  })
})

test('the long number on a card is never kept as its reference', async () => {
  const { deps } = house()
  const person = await makePerson(deps, scheme.councilId, [{ pence: 100, deployment: 'direct_payment_card' }])
  const error = await refusal(
    issueCard(deps, scheme.finance, {
      councilId: scheme.councilId,
      programmeId: scheme.programmeId,
      allocationId: person.allocationIds[0] ?? '',
      reference: '4929 1234 1234 1234',
      last4: '1234',
    }),
  )
  expect(error.details.fields?.['reference']?.[0]).toContain('must not be kept')
})
