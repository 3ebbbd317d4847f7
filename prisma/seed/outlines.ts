import type { Prisma } from '#services/db/generated/client.ts'
import { boxOf } from '#services/kernel/outline.ts'
import type { CouncilSlug } from './borough.ts'

/** Longitude and latitude, as they follow each other. */
type Line = readonly (readonly [number, number])[]

/** The brook between the two boroughs, from north to south. */
const BROOK: Line = [
  [-1.7648, 53.5698], [-1.7621, 53.5649], [-1.7655, 53.5608], [-1.7629, 53.5561], [-1.7584, 53.5522],
  [-1.7612, 53.5478], [-1.7667, 53.5441], [-1.7651, 53.5396], [-1.7603, 53.5352], [-1.7627, 53.5309],
  [-1.7681, 53.5271], [-1.7664, 53.5218],
] // prettier-ignore

/** From the brook's lower end round the west and back to its upper end. */
const ALDERMERE: Line = [
  [-1.7746, 53.5192], [-1.7838, 53.5217], [-1.7921, 53.5203], [-1.8017, 53.5229], [-1.8104, 53.5196],
  [-1.8219, 53.5211], [-1.8302, 53.5182], [-1.8391, 53.5224], [-1.8467, 53.5261], [-1.8583, 53.5254],
  [-1.8669, 53.5297], [-1.8724, 53.5361], [-1.8811, 53.5408], [-1.8843, 53.5479], [-1.8917, 53.5533],
  [-1.8889, 53.5612], [-1.8942, 53.5677], [-1.8898, 53.5739], [-1.8821, 53.5791], [-1.8746, 53.5868],
  [-1.8633, 53.5884], [-1.8541, 53.5921], [-1.8417, 53.5897], [-1.8324, 53.5933], [-1.8219, 53.5889],
  [-1.8102, 53.5908], [-1.8011, 53.5864], [-1.7893, 53.5877], [-1.7812, 53.5821], [-1.7769, 53.5758],
] // prettier-ignore

/** From the brook's upper end round the east and back to its lower end. */
const THORNHAUGH: Line = [
  [-1.7541, 53.5717], [-1.7448, 53.5689], [-1.7362, 53.5723], [-1.7257, 53.5709], [-1.7171, 53.5738],
  [-1.7064, 53.5702], [-1.6971, 53.5664], [-1.6898, 53.5591], [-1.6921, 53.5512], [-1.6863, 53.5449],
  [-1.6887, 53.5367], [-1.6832, 53.5294], [-1.6879, 53.5221], [-1.6924, 53.5139], [-1.7012, 53.5094],
  [-1.7098, 53.5107], [-1.7183, 53.5064], [-1.7291, 53.5071], [-1.7389, 53.5042], [-1.7478, 53.5083],
  [-1.7549, 53.5141],
] // prettier-ignore

const OUTLINES: Readonly<Record<CouncilSlug, number[]>> = {
  aldermere: [...BROOK, ...ALDERMERE].flat(),
  thornhaugh: [...[...BROOK].reverse(), ...THORNHAUGH].flat(),
}

/** The outline of a borough that does not exist: drawn for it, and nobody's to thank for. */
export function outlineOf(slug: CouncilSlug, code: string): Prisma.AreaBoundaryCreateManyInput {
  const outline = [OUTLINES[slug]]
  const box = boxOf(outline)
  if (!box) throw new Error(`${slug} has no outline`)
  return { code, source: 'made up for this demo, like the councils.', ...box, outline }
}
