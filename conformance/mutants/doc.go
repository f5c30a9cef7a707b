// Command mutants changes the code of packages in small ways, and counts how many
// of the changes (mutants) the tests and the corpora notice:
//
//	go run ./conformance/mutants                  all four packages
//	go run ./conformance/mutants cache preflight  some of them
//	go run ./conformance/mutants -own             without the corpora, which take most of the time
//	go run ./conformance/mutants -v               print what kills each mutant
//	go run ./conformance/mutants -only TEXT       run the mutants whose names contain a text
//
// All mutants of the packages are compiled into one program, in which a variable
// of the environment turns one of them on. So each package is compiled once, and a
// mutant costs only the time of the tests that reach it. First it runs the tests of
// the package, the quickest first; then, for mutants that survive, the corpora: the
// scenarios that reach the mutant are played in the profiles of the recorded
// browsers and of the standard.
//
// The command fails when a mutant survives that equivalent.txt does not name, and
// when that file names a mutant that is killed or does not exist.
//
// # Terminology
//
//   - site: an expression or a statement that has mutants.
//   - operator: a kind of change, named as in gremlins and other mutation tools.
//   - own tests: the tests of the package itself.
//   - killed: a test fails, or a scenario has another observation, or the program
//     does not end.
//   - equivalent: no input makes a difference that anyone can see.
//
// # Specification
//
// There is no specification.
package main
