// Package yamltext reads YAML into values that know their positions. The readers of
// configurations that are written in YAML share it.
//
// [Parse] reads all documents of a text. It ends quickly for every text: what is
// nested too deeply is refused or has the form [Foreign].
//
// # Documents
//
// YAML 1.2.2: https://yaml.org/spec/1.2.2/
package yamltext
