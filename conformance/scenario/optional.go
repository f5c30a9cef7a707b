package scenario

// Optional is a value that may be absent, which is not the same as empty.
type Optional[T any] struct {
	Value T
	OK    bool // reports whether the value is there
}

// Some returns a value that is there.
func Some[T any](v T) Optional[T] { return Optional[T]{Value: v, OK: true} }

// Or returns the value, or other when it is absent.
func (o Optional[T]) Or(other T) T {
	if o.OK {
		return o.Value
	}
	return other
}
