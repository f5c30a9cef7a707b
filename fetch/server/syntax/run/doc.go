// Package run has what the evaluators of programs share that package syntax has read: the
// variables of blocks, loops, and how break, continue and return leave a block. The packages
// of ASP.NET Core (C#) and Spring (Java) use it.
//
// An evaluator calls itself for each statement and expression. A statement that leaves a
// block panics with a [Jump] or a [Return], and [EndsLoop] or [Returned] recovers it. Every
// other panic passes through.
package run
