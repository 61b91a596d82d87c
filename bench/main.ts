import { readdirSync } from 'node:fs'

/** What a benchmark found: a table for people and the same as figures for machines. */
export interface Report {
  readonly question: string
  readonly rows: readonly { readonly [column: string]: string | number }[]
  readonly figures: { readonly [name: string]: string | number | boolean }
}

interface Benchmark {
  run(folder: string | undefined): Promise<Report>
}

async function main([name, folder]: readonly string[]): Promise<void> {
  const names = readdirSync('bench').flatMap((file) => (file === 'main.ts' ? [] : (/^(.+)\.ts$/.exec(file)?.[1] ?? [])))
  if (!name) {
    console.log(`Usage: npm run bench -- NAME [folder of labelled data]\nBenchmarks: ${names.join(', ')}`)
    return
  }
  if (!names.includes(name)) throw new Error(`There is no benchmark "${name}". There are: ${names.join(', ')}`)
  const benchmark = (await import(`./${name}.ts`)) as Benchmark
  const { question, rows, figures } = await benchmark.run(folder)
  console.log(question)
  console.table(rows)
  console.log(JSON.stringify({ benchmark: name, ...figures }))
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
