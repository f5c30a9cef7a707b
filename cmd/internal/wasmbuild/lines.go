package wasmbuild

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// tableMagic is how Go's table of functions begins in WebAssembly: the version of the
// format, two zeros, the smallest size of an instruction and the size of a pointer. The
// linkers of Go 1.20 to 1.26 write it.
var tableMagic = []byte("\xf1\xff\xff\xff\x00\x00\x01\x08")

// Where the numbers of the table's header are. Those about places count from the header.
const (
	functionCount = 8
	namesAt       = 32 // the names of the functions
	unitsAt       = 40 // the files of each unit of compilation, and then their names
	valuesAt      = 56 // lists of values by instruction
	functionsAt   = 64
)

// Where the numbers of a function are: the places of lists, counted from the first one.
const (
	nameOf        = 4
	stackList     = 16
	fileList      = 20
	lineList      = 24
	otherCount    = 28
	unitOfFile    = 32
	firstLine     = 36
	otherLists    = 44
	functionStart = 8 // the size of an entry of the index that is before the functions
)

// A functionTable is Go's table of functions in the memory of a module. Its numbers are
// zeros where the memory ends before them.
type functionTable struct {
	memory []byte // from the header on
	broken bool
}

// tableAt returns the place of the table in the memory; -1 if there is none.
func tableAt(memory []byte) int { return bytes.Index(memory, tableMagic) }

// dropLines clears which line of which file each instruction comes from, and the names of
// the functions. Only the texts of tracebacks have them, which then say neither. A
// compressed module is a twelfth smaller without them. A memory without a table, or with
// one of another format, does not change.
func dropLines(memory []byte) error {
	at := tableAt(memory)
	if at < 0 {
		return nil
	}
	t := &functionTable{memory: memory[at:]}
	values, dropped := t.at(valuesAt), t.dropLists()
	for list := range dropped {
		clear(t.list(values + list))
	}
	clear(t.part(t.at(namesAt), values))
	if t.broken {
		return errors.New("the table of functions is not as Go 1.26 writes it")
	}
	return nil
}

// dropLists lets no function have lists of files and lines. It returns the lists that no
// function needs any longer: some are those of other values, too.
func (t *functionTable) dropLists() map[int]bool {
	dropped, kept := make(map[int]bool), map[int]bool{0: true} // 0 means no list
	functions := t.at(functionsAt)
	for i := range t.at(functionCount) {
		if t.broken {
			break
		}
		f := functions + t.at(functions+i*functionStart+4)
		dropped[t.at(f+fileList)], dropped[t.at(f+lineList)] = true, true
		kept[t.at(f+stackList)] = true
		for k := range min(t.at(f+otherCount), len(t.memory)) {
			kept[t.at(f+otherLists+4*k)] = true
		}
		clear(t.part(f+nameOf, f+nameOf+4))
		clear(t.part(f+fileList, f+otherCount))
		clear(t.part(f+unitOfFile, f+firstLine+4))
	}
	for list := range kept {
		delete(dropped, list)
	}
	return dropped
}

// at returns the number at a place. In the header the numbers have 8 bytes; those here
// are small.
func (t *functionTable) at(place int) int {
	if b := t.part(place, place+4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// byte returns the byte at a place.
func (t *functionTable) byte(place int) int {
	if b := t.part(place, place+1); b != nil {
		return int(b[0])
	}
	return 0
}

// part returns the bytes from one place to another.
func (t *functionTable) part(from, to int) []byte {
	if from < 0 || to < from || to > len(t.memory) {
		t.broken = true
		return nil
	}
	return t.memory[from:to]
}

// list returns the bytes of a list: pairs of numbers, and a zero instead of a further
// pair.
func (t *functionTable) list(place int) []byte {
	r := &reader{data: t.part(place, len(t.memory))}
	all := r.data
	for first := true; r.err == nil; first = false {
		if change := r.unsigned(); change == 0 && !first {
			return all[:len(all)-len(r.data)]
		}
		r.unsigned()
	}
	t.broken = true
	return nil
}
