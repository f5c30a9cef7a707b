package playground

import (
	"bytes"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/docs/play"
)

// pageFile is the page itself, in package play.
const pageFile = "index.html"

// The files that the page asks for besides those of package play.
const (
	examplesFile = "examples.jsonl"
	moduleFile   = "corsim.wasm"
	readersFile  = "corsim-readers.wasm"
	scriptsFile  = "corsim-javascript.wasm"
)

// The offers of [Server] and of [WriteSite].
const (
	serverOffer  = `{"try":true,"javascript":true}`
	siteOffer    = `{"module":"` + moduleFile + `"}`
	readersOffer = `{"module":"` + moduleFile + `","readers":"` + readersFile + `"}`
	scriptsOffer = `{"module":"` + moduleFile + `","readers":"` + readersFile + `","javascript":"` + scriptsFile + `"}`
)

// noOffer is where the page has the offer, and modulePreload lets it load the first module
// together with its scripts, which ask for it.
const (
	noOffer       = `<meta name="corsim-offer" content="">` + "\n"
	modulePreload = `<link rel="preload" href="` + moduleFile + `" as="fetch" crossorigin>` + "\n"
)

// page returns the page with an offer, and with more elements after it.
func page(offer, more string) []byte {
	data, err := play.Files.ReadFile(pageFile)
	if err != nil {
		panic(err) // it is in the program
	}
	filled := `<meta name="corsim-offer" content="` + html.EscapeString(offer) + `">` + "\n"
	return bytes.Replace(data, []byte(noOffer), []byte(filled+more), 1)
}

// wasmMagic is the beginning of each WebAssembly module.
var wasmMagic = []byte("\x00asm")

// Modules are the WebAssembly modules of a site.
type Modules struct {
	// Judge answers the questions.
	Judge []byte
	// Readers also answers the question "read". Without it the page reads the messages of
	// consoles only.
	Readers []byte
	// JavaScript reads what Readers reads, and servers in JavaScript. Without it the page
	// says which command reads them. It needs Readers.
	JavaScript []byte
}

// files returns the files of the modules, by name, and the offer of a page with them.
func (m Modules) files() (files map[string][]byte, offer string) {
	files, offer = map[string][]byte{moduleFile: m.Judge}, siteOffer
	if m.Readers != nil {
		files[readersFile], offer = m.Readers, readersOffer
	}
	if m.Readers != nil && m.JavaScript != nil {
		files[scriptsFile], offer = m.JavaScript, scriptsOffer
	}
	return files, offer
}

// WriteSite writes the page with its modules into a folder, which is made if it does not
// exist. Any web server can serve the folder.
func WriteSite(folder string, m Modules) error {
	files, offer := m.files()
	for name, data := range files {
		if !bytes.HasPrefix(data, wasmMagic) {
			return fmt.Errorf("%s is not WebAssembly: docs/wasm.md says how to build it", name)
		}
	}
	files[examplesFile], files[pageFile] = conformance.Examples(), page(offer, modulePreload)
	err := fs.WalkDir(play.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == pageFile {
			return err
		}
		data, err := play.Files.ReadFile(name)
		if err != nil {
			return err
		}
		return write(folder, name, data)
	})
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := write(folder, name, data); err != nil {
			return err
		}
	}
	return nil
}

// write writes a file of the site.
func write(folder, name string, data []byte) error {
	file := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("the folder of the site: %w", err)
	}
	return os.WriteFile(file, data, 0o644)
}
