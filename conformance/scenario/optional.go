package scenario

// Optional is a value that may be absent. An empty value is not absent.
type Optional[T any] struct {
	Value T
	OK    bool // reports whether the value is present
}

// Some returns a value that is present.
func Some[T any](v T) Optional[T] { return Optional[T]{Value: v, OK: true} }

// Or returns the value, or other when it is absent.
func (o Optional[T]) Or(other T) T {
	if o.OK {
		return o.Value
	}
	return other
}
