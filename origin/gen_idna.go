//go:build ignore

// This program writes idna.bin. Run it with "go generate ./origin".
//
// The facts come from the tables for Unicode 17 in golang.org/x/net/idna and
// golang.org/x/text/unicode, in the versions that go.mod names. Go 1.26 builds
// both with older tables. This program therefore copies both modules, leaves the
// tables of Unicode 17 in each copy, and builds gen_probe.go with the copies to
// read the facts about every code point.
//
// The package idna does not export the joining types: this program adds a file
// to the copy that exports them.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

const version = "17.0.0"

func main() {
	log.SetFlags(0)
	known := runProbe()
	var out, runs bytes.Buffer
	properties, count := writeRuns(&runs, known)
	out.WriteByte(byte(len(properties)))
	for _, p := range properties {
		out.Write(p[:])
	}
	out.Write(runs.Bytes())
	writeCompositions(&out, known)
	check(os.WriteFile("idna.bin", out.Bytes(), 0o644))
	log.Printf("Unicode %s: %d properties, %d ranges, %d bytes", version, len(properties), count, out.Len())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// attributes is the file that this program adds to the copy of idna.
const attributes = `package idna

func Attributes(r rune) (joining string, mark bool) {
	v, _ := trie.lookupString(string(r))
	x := info(v)
	if x.isViramaModifier() {
		return "V", true
	}
	return [...]string{"U", "L", "D", "T", "R", "U", "U", "U"}[x.joinType()], x.isModifier()
}
`

// facts are the facts about a code point.
type facts struct {
	status  string // valid, mapped, ignored or disallowed
	class   bidi.Class
	mark    bool   // no label may begin with it
	joining string // D, L, R, T or U, and V for a virama
	ccc     uint8  // canonical combining class
	to      string // the result of the mapping
	nfd     string // the canonical decomposition
	isNFC   bool
}

// runProbe builds gen_probe.go with the tables of Unicode 17 and runs it.
func runProbe() map[rune]facts {
	dir, err := os.MkdirTemp("", "gen-idna")
	check(err)
	defer os.RemoveAll(dir)
	source, err := os.ReadFile("gen_probe.go")
	check(err)
	source = bytes.Replace(source, []byte("//go:build ignore"), nil, 1)
	check(os.WriteFile(filepath.Join(dir, "main.go"), source, 0o644))
	mod := "module probe\n\ngo 1.26.0\n"
	for _, name := range []string{"golang.org/x/net", "golang.org/x/text"} {
		info := strings.Fields(run(".", "go", "list", "-m", "-f", "{{.Version}} {{.Dir}}", name))
		target := filepath.Join(dir, filepath.Base(name))
		check(os.CopyFS(target, os.DirFS(info[1])))
		check(filepath.WalkDir(target, keepVersion))
		mod += fmt.Sprintf("require %s %s\nreplace %s => ./%s\n", name, info[0], name, filepath.Base(name))
	}
	check(os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o644))
	check(os.WriteFile(filepath.Join(dir, "net/idna/attributes.go"), []byte(attributes), 0o644))
	known := map[rune]facts{}
	lines := bufio.NewScanner(strings.NewReader(run(dir, "go", "run", "-mod=mod", ".")))
	for lines.Scan() {
		var r rune
		var f facts
		_, err := fmt.Sscanf(lines.Text(), "%x %s %d %t %s %d %q %q %t", &r, &f.status, &f.class, &f.mark, &f.joining, &f.ccc, &f.to, &f.nfd, &f.isNFC)
		check(err)
		known[r] = f
	}
	return known
}

// keepVersion removes a file with tables of another version, and removes the
// build constraint of a file with tables of this one.
func keepVersion(path string, _ os.DirEntry, err error) error {
	if match, _ := filepath.Match("tables*.go", filepath.Base(path)); !match || err != nil {
		return err
	}
	if filepath.Base(path) != "tables"+version+".go" {
		return os.Remove(path)
	}
	text, err := os.ReadFile(path)
	check(err)
	_, text, _ = bytes.Cut(text, []byte("//go:build"))
	return os.WriteFile(path, append([]byte("//"), text...), 0o644)
}

func run(dir, name string, args ...string) string {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	cmd.Env = append(os.Environ(), "GOWORK=off")
	out, err := cmd.Output()
	check(err)
	return string(out)
}

// property is what idnadata.go reads about a range: status and bidi class, mark
// and joining type, canonical combining class. Only valid code points have more
// than a status.
type property [3]byte

var (
	statuses = []string{"disallowed", "ignored", "mapped", "valid"}
	joinings = []string{"U", "L", "R", "D", "T", "V"}
	// classes are in the order of the constants in idnalabel.go.
	classes = []bidi.Class{bidi.L, bidi.R, bidi.AL, bidi.AN, bidi.EN, bidi.ES, bidi.ET, bidi.CS, bidi.NSM, bidi.ON, bidi.BN}
)

func (f *facts) property() property {
	p := property{byte(slices.Index(statuses, f.status))}
	if f.status != "valid" {
		return p
	}
	class := slices.Index(classes, f.class)
	if class < 0 {
		class = len(classes)
	}
	p[0] |= byte(class) << 2
	p[1] = byte(slices.Index(joinings, f.joining)) << 1
	if f.mark {
		p[1] |= 1
	}
	p[2] = f.ccc
	return p
}

// writeRuns writes the ranges of code points with the same property, from 0 on:
// their length, the number of the property, and for mapped code points what each
// is mapped to.
func writeRuns(out *bytes.Buffer, known map[rune]facts) (properties []property, count int) {
	numbers := map[property]int{}
	previous := 0 // the difference of the last mapping to one code point
	for r := rune(0); r <= utf8.MaxRune; count++ {
		p := propertyOf(known, r)
		first := r
		for r <= utf8.MaxRune && propertyOf(known, r) == p {
			r++
		}
		if _, found := numbers[p]; !found {
			numbers[p] = len(properties)
			properties = append(properties, p)
		}
		writeNumber(out, int(r-first))
		out.WriteByte(byte(numbers[p]))
		for at := first; at < r && p[0] == byte(slices.Index(statuses, "mapped")); at++ {
			writeMapping(out, at, []rune(known[at].to), &previous)
		}
	}
	if len(properties) > 255 {
		log.Fatal("more properties than a byte can number")
	}
	return properties, count
}

func propertyOf(known map[rune]facts, r rune) property {
	f := known[r]
	if f.status == "" { // a surrogate
		f.status = "disallowed"
	}
	return f.property()
}

// mostMapped is more than the number of code points that one is mapped to.
const mostMapped = 20

// writeMapping writes the number of code points and each of them, or for one code
// point mostMapped and how its difference to r differs from the previous one.
func writeMapping(out *bytes.Buffer, r rune, to []rune, previous *int) {
	if len(to) == 1 {
		difference := int(to[0] - r)
		writeNumber(out, mostMapped+zigzag(difference-*previous))
		*previous = difference
		return
	}
	if len(to) >= mostMapped {
		log.Fatalf("%U is mapped to %d code points", r, len(to))
	}
	writeNumber(out, len(to))
	for _, r := range to {
		writeNumber(out, int(r))
	}
}

// writeCompositions writes the valid code points but Hangul that are composed of
// two, and the two: each as the difference to that of the composition before.
func writeCompositions(out *bytes.Buffer, known map[rune]facts) {
	composed := map[string]rune{}
	for r, f := range known {
		if f.status == "valid" && f.isNFC {
			composed[f.nfd] = r
		}
	}
	var last [3]int
	for r := rune(utf8.RuneSelf); r <= utf8.MaxRune; r++ {
		f := known[r]
		parts := []rune(f.nfd)
		if f.status != "valid" || 0xAC00 <= r && r <= 0xD7A3 {
			continue
		}
		if !f.isNFC {
			log.Fatalf("%U is valid, but not normalised", r)
		}
		if len(parts) == 1 {
			continue
		}
		first, found := composed[string(parts[:len(parts)-1])]
		if !found {
			log.Fatalf("%U is not composed of two", r)
		}
		for i, value := range []int{int(r), int(first), int(parts[len(parts)-1])} {
			writeNumber(out, zigzag(value-last[i]))
			last[i] = value
		}
	}
}

func zigzag(n int) int {
	if n < 0 {
		return -2*n - 1
	}
	return 2 * n
}

func writeNumber(out *bytes.Buffer, n int) { out.Write(binary.AppendUvarint(nil, uint64(n))) }
