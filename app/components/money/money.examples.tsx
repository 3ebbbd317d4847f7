import type { Family } from '../examples.ts'
import { Notice } from '../notice/notice.tsx'
import { Fund } from './fund-bar.tsx'
import { FundSplitTable, FundTable, QuoteTable } from './tables.tsx'

export const money: Family = {
  id: 'money',
  title: 'Money',
  about: 'Solid is spent, striped is set aside, dotted is left. Fill, texture and words say the same.',
  examples: [
    {
      name: 'Funds: in instalments, with money kept back, ending soon, empty',
      of: (
        <div>
          <Fund
            level={4}
            id="ex-asc"
            name="Social care budget"
            detail="Aldermere Council, on your card. What you pay towards it is £15.00 a week."
            agreed={312000}
            received={264000}
            parts={{ spent: 100800, setAside: 86400, left: 76800, toCome: 48000 }}
            until="4 April"
            next={{ pence: 48000, on: '2 December' }}
            canBuy="Help at home, help to go out, a personal assistant. It cannot buy food shopping, rent or gambling: that is Aldermere’s rule."
          />
          <Fund
            level={4}
            id="ex-phb"
            name="Health budget"
            detail="The local NHS, held for you by Lantern Living"
            agreed={120000}
            parts={{ spent: 59600, setAside: 19200, left: 31200, keptBack: 10000 }}
            until="3 April"
          />
          <Fund
            level={4}
            id="ex-vou"
            name="Getting Out voucher"
            detail="Aldermere Community Fund"
            agreed={15000}
            parts={{ spent: 4500, setAside: 3000, left: 7500 }}
            until="31 January"
            canBuy="Trips and activities away from home."
          >
            <Notice tone="warn">
              <p>
                <strong>This ends in 10 weeks.</strong> £75.00 is about five swims.
              </p>
            </Notice>
          </Fund>
          <Fund
            level={4}
            id="ex-new"
            name="Carer’s budget"
            detail="Nothing has arrived yet"
            agreed={0}
            parts={{ spent: 0, setAside: 0, left: 0 }}
          />
        </div>
      ),
    },
    {
      name: 'The same in figures',
      of: (
        <FundTable
          rows={[
            {
              id: 'asc',
              name: 'Social care budget',
              agreed: 312000,
              received: 264000,
              spent: 100800,
              setAside: 86400,
              left: 76800,
              next: '£480.00 on 2 December',
            },
            {
              id: 'vou',
              name: 'Getting Out voucher',
              agreed: 15000,
              received: 15000,
              spent: 4500,
              setAside: 3000,
              left: 7500,
              next: null,
            },
          ]}
        />
      ),
    },
    {
      name: 'Every line of a price, and which fund pays what',
      of: (
        <div className="stack-l">
          <QuoteTable
            caption="The price of six visits"
            showCaption
            total={16500}
            totalLabel="You pay in all"
            lines={[
              { label: '6 visits of one hour at £25.00', pence: 15000 },
              { label: 'Travel, 6 times £2.50', pence: 1500, note: 'The same for every visit' },
            ]}
          />
          <FundSplitTable
            total={16500}
            rows={[
              {
                id: 'phb',
                name: 'Health budget',
                why: 'It covers the exercises in each visit. It ends first, on 3 April.',
                pays: 4500,
                leftAfter: 36700,
              },
              {
                id: 'asc',
                name: 'Social care budget',
                why: 'It covers help at home, so it pays the rest.',
                pays: 12000,
                leftAfter: 112800,
              },
            ]}
          />
        </div>
      ),
    },
  ],
}
