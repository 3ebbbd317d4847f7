import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { data, type EntryContext, type LoaderFunctionArgs, type ServerBuild } from '@remix-run/node'
import { makeApp } from '~/http/app.server.ts'
import { run } from '~/http/run.server.ts'
import type { TestHouse } from './house.ts'

type Work = Parameters<typeof run>[1]

/** A few routes without a page, for testing what stands between the socket and a route. */
function pages(work: Record<string, Work>): ServerBuild {
  const root = {
    default: () => null,
    ErrorBoundary: () => null,
    loader: ({ context }: LoaderFunctionArgs) => {
      if (context.refusal)
        throw data({ message: context.refusal.message }, { status: context.refusal.status })
      return null
    },
  }
  const routes = Object.entries(work).map(([path, handle]) => {
    const one = (args: LoaderFunctionArgs) => run(args, handle)
    const id = `routes/${path}`
    return [
      id,
      { id, parentId: 'root', path, module: { default: () => null, loader: one, action: one } },
    ] as const
  })
  return {
    entry: {
      module: {
        // The page is what the loaders and actions answered.
        default: (
          _request: Request,
          status: number,
          headers: Headers,
          { staticHandlerContext }: EntryContext,
        ) => {
          const { loaderData, actionData, errors } = staticHandlerContext
          headers.set('Content-Type', 'text/html')
          const answers = { ...loaderData, ...actionData, errors }
          return new Response(JSON.stringify(answers), { status, headers })
        },
      },
    },
    routes: { root: { id: 'root', path: '', module: root }, ...Object.fromEntries(routes) },
    assets: { entry: { module: '', imports: [] }, routes: {}, url: '', version: '1' },
    publicPath: '/assets/',
    assetsBuildDirectory: 'build/client',
    basename: '/',
    mode: 'test',
    isSpaMode: false,
    future: { v3_singleFetch: true, v3_relativeSplatPath: true, v3_throwAbortReason: true },
  } as unknown as ServerBuild
}

export interface TestSite {
  url: string
  close(): Promise<void>
}

/** The real Express application on a free port, with routes made of `work`. */
export async function openSite(house: TestHouse, work: Record<string, Work>): Promise<TestSite> {
  const build = pages(work)
  const server: Server = createServer(makeApp(house.deps, { build, routes: build.routes }))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
