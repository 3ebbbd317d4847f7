import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) => run(args, () => redirect('/my/week'))
