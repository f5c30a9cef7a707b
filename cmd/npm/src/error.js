// The error of a blocked call.

/** corsOf returns what error.cors has. */
export const corsOf = ({ step, console: printed, wire, error, thrown }) => ({
  reason: step.result.failure?.reason,
  step: step.result.failure && `${step.result.failure.step} step ${step.result.failure.stepNumber ?? ''}`.trim(),
  failure: step.result.failure,
  explanation: step.result.explanation ?? [],
  console: printed ?? [],
  repairs: step.repair?.lines ?? [],
  wire: wire ?? [],
  text: error,
  thrown,
})

/** inWords returns what a test should print about a blocked call: the consequence, why, and the repair. */
export const inWords = cors => [
  ...cors.console,
  `${cors.reason}: ${cors.explanation.join('\n  ')}`,
  ...cors.thrown !== undefined ? [`the network threw ${cors.thrown}`] : [],
  ...cors.repairs.length ? ['the smallest repair:', ...cors.repairs.map(line => `  ${line}`)] : [],
].join('\n')

// causeOf returns the cause that test runners print with an error. Browsers have none.
const causeOf = cors => {
  const cause = new Error(inWords(cors))
  cause.name = 'corsim'
  cause.stack = `corsim: ${cause.message}` // no place in this package is to blame
  return cause
}

/** errorOf returns the error that script catches in the browser, with what lies behind it. */
export const errorOf = result => {
  const text = (result.error ?? 'TypeError: Failed to fetch').replace(/^TypeError: /, '')
  const cors = corsOf(result)
  const error = new TypeError(text, cors.reason ? { cause: causeOf(cors) } : undefined)
  Object.defineProperty(error, 'cors', { value: cors, enumerable: false })
  return error
}
