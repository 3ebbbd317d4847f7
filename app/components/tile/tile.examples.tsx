import type { Family } from '../examples.ts'
import { MarketQuilt } from './market-quilt.tsx'
import { Tile, TileStrip } from './picture.tsx'
import { Quilt } from './quilt.tsx'
import { KIND_NAMES, kindLabel } from './tile.ts'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const SOME = KIND_NAMES.flatMap((kind) => IDS.slice(0, 5).map((id) => ({ id: `${id}-${kind}`, kind })))
const PIECES = [
  { id: 'castle-homecare', kind: 'private_company', name: 'Castle Homecare', pence: 40500000 },
  { id: 'moorend-living', kind: 'private_company', name: 'Moorend Living', pence: 23800000 },
  { id: 'weavers-care', kind: 'cooperative', name: 'Weavers Care Co-op', pence: 21400000 },
  { id: 'bright-kettle', kind: 'social_enterprise', name: 'Bright Kettle', pence: 17600000 },
  { id: 'lantern-living', kind: 'user_led_organisation', name: 'Lantern Living', pence: 16800000 },
  { id: 'home-first', kind: 'council_service', name: 'Aldermere Home First', pence: 15200000 },
  { id: 'sole-workers', kind: 'personal_assistant', name: null, pence: 14200000 },
  { id: 'millgate', kind: 'charity', name: 'Millgate Neighbours', pence: 13800000 },
  { id: 'otter-swim', kind: 'micro_enterprise', name: 'Otter Swim Buddies', pence: 3700000 },
  { id: 'fenside-memory', kind: 'community_group', name: 'Fenside Memory Café', pence: 1400000 },
]

export const tiles: Family = {
  id: 'tiles',
  title: 'Patchwork',
  about:
    'Each provider without a photograph is a quilt square, drawn from its id and kind. The kind is always in words too.',
  examples: [
    {
      name: 'Nine kinds, and a place not yet claimed',
      of: (
        <div className="tile-rows">
          {[...KIND_NAMES, 'unknown'].map((kind) => (
            <div key={kind}>
              <p className="small">{kindLabel(kind)}</p>
              <div className="row-s">
                {(kind === 'unknown' ? ['a'] : IDS).map((id) => (
                  <Tile key={id} id={id} kind={kind} />
                ))}
              </div>
            </div>
          ))}
        </div>
      ),
    },
    {
      name: 'Four sizes and a strip',
      of: (
        <div className="stack">
          <div className="row">
            {(['l', 'm', 's', 'xs'] as const).map((size) => (
              <Tile key={size} id="weavers-care" kind="cooperative" size={size} />
            ))}
          </div>
          <div className="half">
            <TileStrip items={SOME.slice(0, 6)} />
          </div>
        </div>
      ),
    },
    {
      name: 'The quilt of the first page',
      of: (
        <div className="half">
          <Quilt items={SOME} />
        </div>
      ),
    },
    {
      name: 'The market as a quilt: a piece is a share of spend; sole workers are pooled and have no name',
      of: (
        <MarketQuilt
          id="ex-market"
          pieces={PIECES}
          label="Treemap of spend by provider. Largest: Castle Homecare 24%, Moorend Living 14%. All are in the table below."
        />
      ),
    },
    {
      name: 'A small one to compare with: a blanket',
      of: (
        <div className="half">
          <MarketQuilt
            small
            id="ex-blanket"
            pieces={PIECES.slice(0, 4)}
            label="Treemap of the same months in 2023: two companies with one owner had most of the spend."
          />
        </div>
      ),
    },
  ],
}
