package playground

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/docs/play"
)

// The files that the page asks for besides those of package play.
const (
	offerFile    = "play.json"
	examplesFile = "examples.jsonl"
	moduleFile   = "corsim.wasm"
)

// serverOffer is the offer of [Server]; siteOffer is that of [WriteSite].
const (
	serverOffer = `{"try":true}`
	siteOffer   = `{"module":"` + moduleFile + `"}`
)

// wasmMagic is the beginning of each WebAssembly module.
var wasmMagic = []byte("\x00asm")

// WriteSite writes the page with a WebAssembly module into a folder, which is made if it
// does not exist. Any web server can serve the folder.
func WriteSite(folder string, module []byte) error {
	if !bytes.HasPrefix(module, wasmMagic) {
		return errors.New("the module is no WebAssembly: build it as docs/wasm.md says")
	}
	err := fs.WalkDir(play.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
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
	for name, data := range map[string][]byte{
		offerFile: []byte(siteOffer), examplesFile: conformance.Examples(), moduleFile: module,
	} {
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
