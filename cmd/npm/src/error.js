// The error of a blocked call.

/** corsOf returns what error.cors has. */
export const corsOf = ({ step, console: printed, wire, error }) => ({
  reason: step.result.failure?.reason,
  step: step.result.failure && `${step.result.failure.step} step ${step.result.failure.stepNumber ?? ''}`.trim(),
  failure: step.result.failure,
  explanation: step.result.explanation ?? [],
  console: printed ?? [],
  repairs: step.repair?.lines ?? [],
  wire: wire ?? [],
  text: error,
})

/** errorOf returns the error that script catches in the browser, with what lies behind it. */
export const errorOf = result => {
  const text = (result.error ?? 'TypeError: Failed to fetch').replace(/^TypeError: /, '')
  const error = new TypeError(text)
  Object.defineProperty(error, 'cors', { value: corsOf(result), enumerable: false })
  return error
}
