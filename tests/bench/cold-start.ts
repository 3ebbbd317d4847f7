import { join } from 'node:path'
import { type Row, median } from './measure.ts'
import { BENCH_DATA, emptyFolder, startSite } from './site.ts'

/** `npm start` of an installed, built clone with an empty data folder, to 200 with the demo in it. */
export async function coldStart(): Promise<Row[]> {
  const folder = join(BENCH_DATA, 'cold')
  // The first run builds when sources changed; only what follows is measured.
  const warm = await startSite(folder, { demo: true })
  await warm.stop()
  const times: number[] = []
  for (let round = 0; round < 3; round += 1) {
    await emptyFolder(folder)
    const site = await startSite(folder, { demo: true })
    times.push(site.startedIn / 1000)
    await site.stop()
  }
  const value = median(times)
  return [
    { name: 'cold-start', value, unit: 's', floor: null, ratio: null, target: '< 20 s', ok: value < 20 },
  ]
}
