import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readBoundary, type BoundaryRow } from './boundary.rules.ts'
import { requireImporter } from './imports.policy.ts'
import { jsonElements, type JsonElement } from './json-elements.ts'
import { openSource, type Source } from './open-source.server.ts'
import { clean } from './register-text.rules.ts'
import { runImport, type ImportReport, type ImportWatcher, type ReadLine } from './run-import.server.ts'
import { saveBoundaries } from './save-boundaries.server.ts'
import { UnreadableFile } from './source-lines.ts'

/** What ONS asks to be said of its boundaries. */
const ONS =
  'Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right.'
/** An outline of 200,000 points; memory holds one of these at a time. */
const LONGEST_FEATURE = 8 * 1024 * 1024
const BATCH = 50

export interface BoundariesImport extends ImportWatcher {
  path: string
  /** Who publishes them and under which licence, as the map says it; ONS's own words by default. */
  source?: string
}

/**
 * Reads the outlines of councils' areas from GeoJSON (a FeatureCollection in WGS84, as ONS publishes it), with fewer points where a
 * map could not show them, and the areas' names with them.
 * @throws DomainError FORBIDDEN, INVALID for words of more than a line or two; UnreadableFile when the file is something else. After that it
 * reports, and does not throw.
 */
export async function importBoundaries(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  { path, source = ONS, ...watcher }: BoundariesImport,
): Promise<ImportReport> {
  requireImporter(actor)
  const words = clean(source)
  if (words === '' || words.length > 300)
    throw new DomainError('INVALID', 'Say where the boundaries are from in 300 letters at most.')
  const file = await openSource(path)
  requireGeoJson(file)
  return runImport<BoundaryRow>(
    {
      format: 'boundaries as GeoJSON',
      lines: read(file),
      batch: BATCH,
      save: (rows) => saveBoundaries(deps.db, rows, words),
    },
    watcher,
  )
}

function requireGeoJson({ start }: Source): void {
  const text = start.trimStart()
  if (/^\{[^[\]]*"type"\s*:\s*"Topology"/.test(text))
    throw new UnreadableFile('This is TopoJSON. Save it as GeoJSON first.')
  const list = text.indexOf('"features"')
  if (!text.startsWith('{') || list < 0)
    throw new UnreadableFile(
      'This is no GeoJSON file of areas: that is a FeatureCollection with its features.',
    )
  // Older files name how their positions are to be read; what is not WGS84 would lie in the sea.
  const crs = /"crs"[^[\]]*?"name"\s*:\s*"([^"]*)"/.exec(text.slice(0, list))?.[1]
  if (crs !== undefined && !/(CRS84|4326|4258)$/.test(crs))
    throw new UnreadableFile(
      `Its positions are not latitude and longitude (${clean(crs).slice(0, 60)}). Use the edition in WGS84 (EPSG:4326).`,
    )
}

async function* read(file: Source): AsyncGenerator<ReadLine<BoundaryRow>[]> {
  const features = jsonElements(file.chunks(), {
    shape: 'wrapper',
    list: 'features',
    longest: LONGEST_FEATURE,
  })
  for await (const block of features) yield block.map(readFeature)
}

function readFeature({ number, text, problem }: JsonElement): ReadLine<BoundaryRow> {
  if (problem) return { line: number, why: problem === 'too_long' ? 'too_many_points' : problem }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { line: number, why: 'bad_json' }
  }
  return { line: number, ...readBoundary(value) }
}
