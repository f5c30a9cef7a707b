package syntax

import "github.com/corsim/corsim/fetch/server"

// Place is a place in a program: a byte offset in a file. The zero value is nowhere.
type Place struct {
	File   *File
	Offset int
}

// Position returns the line and the column of a place.
func (p Place) Position() server.Position {
	if p.File == nil {
		return server.Position{}
	}
	out := server.PositionAt(p.File.Text, p.Offset)
	out.File = p.File.Name
	return out
}
