package syntax

import "io/fs"

// ParseFiles parses the files that are wanted by their name, in the order of their names. It
// parses at most one more than most of them, and leaves out those of more than
// longest bytes and those that cannot be read. No files are none.
func ParseFiles(l *Language, files fs.FS, most, longest int, wanted func(name string) bool) []*File {
	var out []*File
	if files == nil {
		return nil
	}
	// A folder that cannot be read ends the walk.
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || len(out) > most {
			return fs.SkipAll
		}
		if d.IsDir() || !wanted(name) {
			return nil
		}
		if text, err := fs.ReadFile(files, name); err == nil && len(text) <= longest {
			out = append(out, Parse(l, name, string(text)))
		}
		return nil
	})
	return out
}
