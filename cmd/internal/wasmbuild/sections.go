package wasmbuild

import (
	"encoding/binary"
	"slices"
)

// moduleSection is one section of a module.
type moduleSection struct {
	id      byte
	content []byte
}

// moduleSections are the sections of a module, in order.
type moduleSections []moduleSection

func readSections(data []byte) (moduleSections, error) {
	var out moduleSections
	for r := (&reader{data: data}); len(r.data) > 0; {
		s := moduleSection{id: r.byte()}
		s.content = r.take(r.unsigned())
		if r.err != nil {
			return nil, r.err
		}
		out = append(out, s)
	}
	return out, nil
}

// find returns the section with an id; nil if there is none.
func (list moduleSections) find(id byte) *moduleSection {
	i := slices.IndexFunc(list, func(s moduleSection) bool { return s.id == id })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// appendItem appends an item to a section that is a list, and returns its number.
func (s *moduleSection) appendItem(item []byte) (number int, err error) {
	r := &reader{data: s.content}
	number = r.unsigned()
	s.content = slices.Concat(binary.AppendUvarint(nil, uint64(number+1)), r.data, item)
	return number, r.err
}

// importedFunctions returns the number of functions that a module imports.
func importedFunctions(imports *moduleSection) (int, error) {
	if imports == nil {
		return 0, nil
	}
	r, functions := &reader{data: imports.content}, 0
	for n := r.unsigned(); n > 0 && r.err == nil; n-- {
		r.take(r.unsigned()) // the module's name
		r.take(r.unsigned()) // and that of the item
		if kind := r.byte(); kind != 0 {
			r.fail() // Go imports functions alone
			break
		}
		r.unsigned() // the type
		functions++
	}
	return functions, r.err
}
