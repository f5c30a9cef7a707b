package nodejs

// The tests run many programs that do not end.
func init() { maxWatches = 50 }
