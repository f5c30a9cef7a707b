package syntax

import (
	"io/fs"
	"iter"
)

// Texts yields the names and the texts of the files that are wanted by their names, sorted
// by name. It yields at most one more than most of them, and leaves out those of more than
// longest bytes and those that cannot be read. If files is nil, there are none.
func Texts(files fs.FS, most, longest int, wanted func(name string) bool) iter.Seq2[string, string] {
	return func(yield func(name, text string) bool) {
		if files == nil {
			return
		}
		count := 0
		// A folder that cannot be read ends the walk.
		_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || count > most {
				return fs.SkipAll
			}
			if d.IsDir() || !wanted(name) {
				return nil
			}
			if text, err := fs.ReadFile(files, name); err == nil && len(text) <= longest {
				count++
				if !yield(name, string(text)) {
					return fs.SkipAll
				}
			}
			return nil
		})
	}
}
