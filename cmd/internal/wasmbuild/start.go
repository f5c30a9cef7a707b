package wasmbuild

import (
	"encoding/binary"
	"slices"
)

// instructions are code of WebAssembly. Its local variables are i32, from 0 to
// startVariables-1.
type instructions []byte

// startVariables is the number of local variables of the function that starts a module.
const startVariables = 3

// The instructions here, and the types that they name.
const (
	loop     = 0x03
	end      = 0x0b
	brIf     = 0x0d
	localGet = 0x20
	localSet = 0x21
	localTee = 0x22
	i32Load  = 0x28
	i32Load8 = 0x2d // of one byte, unsigned
	i32Store = 0x36
	i32Const = 0x41
	i32LtU   = 0x49
	i32Add   = 0x6a
	i32Shl   = 0x74
	i32ShrU  = 0x76
	noResult = 0x40
	i32      = 0x7f
)

func (code instructions) constant(n int) instructions { return appendSigned(append(code, i32Const), n) }

func (code instructions) get(variable byte) instructions { return append(code, localGet, variable) }

func (code instructions) set(variable byte) instructions { return append(code, localSet, variable) }

// store stores a number at an address, plus a constant. The address is a multiple of 4.
func (code instructions) store(plus int) instructions { return code.access(i32Store, 2, plus) }

// access reads or writes at an address, plus a constant. The address is a multiple of
// 1<<aligned.
func (code instructions) access(instruction, aligned byte, plus int) instructions {
	return binary.AppendUvarint(append(code, instruction, aligned), uint64(plus))
}

// again adds one to a variable, and repeats the loop while it is less than limit.
func (code instructions) again(variable byte, limit int) instructions {
	code = append(code.get(variable).constant(1), i32Add, localTee, variable)
	return append(code.constant(limit), i32LtU, brIf, 0, end)
}

// addStart adds a function to the module that runs when the module starts.
func (list *moduleSections) addStart(code instructions) error {
	types, functions, bodies := list.find(typeSection), list.find(functionSection), list.find(codeSection)
	imported, err := importedFunctions(list.find(importSection))
	if err != nil {
		return err
	}
	kind, err := types.appendItem([]byte{0x60, 0, 0}) // no parameters, no results
	if err != nil {
		return err
	}
	number, err := functions.appendItem(binary.AppendUvarint(nil, uint64(kind)))
	if err != nil {
		return err
	}
	body := slices.Concat([]byte{1, startVariables, i32}, code, []byte{end})
	if _, err := bodies.appendItem(append(binary.AppendUvarint(nil, uint64(len(body))), body...)); err != nil {
		return err
	}
	start := moduleSection{startSection, binary.AppendUvarint(nil, uint64(imported+number))}
	after := slices.IndexFunc(*list, func(s moduleSection) bool { return s.id == elementSection || s.id == codeSection })
	*list = slices.Insert(*list, after, start)
	return nil
}

// canStart reports whether the module has functions, and none that runs when it starts.
func (list *moduleSections) canStart() bool {
	return list.find(startSection) == nil && list.find(typeSection) != nil && list.find(functionSection) != nil && list.find(codeSection) != nil
}
