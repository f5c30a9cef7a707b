package nodejs

// choices are the decisions about unknown conditions in one run. A run repeats the
// decisions that it is given, and takes the first way at each further one.
type choices struct {
	given []bool
	made  []choice
	// loaded and memo hold the ways by the question: those of the time when the
	// program was loaded, and those of the present run.
	loaded, memo map[question]bool
	// over reports whether there were more decisions than a run may make.
	over bool
}

// question is what a decision is about: an unknown value and what is asked.
type question struct {
	id   int
	text string
}

// choice is one decision: the unknown value, and the way taken.
type choice struct {
	about *unknown
	way   bool
}

// The numbers of decisions in one run, and of runs for one answer.
const (
	maxChoices = 24
	maxRuns    = 96
	maxWorlds  = 32
)

// decide returns the way to take at a condition about an unknown value. The same
// question gets the same way again.
func (m *machine) decide(u *unknown, text string, first bool) bool {
	c := &m.choices
	key := question{u.id, text}
	if way, ok := c.memo[key]; ok {
		return way
	}
	if way, ok := c.loaded[key]; ok {
		return way
	}
	way := first
	switch n := len(c.made); {
	case n < len(c.given):
		way = c.given[n]
	case n >= maxChoices:
		c.over = true
		return false
	}
	c.made = append(c.made, choice{u, way})
	if c.memo == nil {
		c.memo = make(map[question]bool)
	}
	c.memo[key] = way
	return way
}

// endLoading keeps the decisions of the time when the program was loaded.
func (c *choices) endLoading() {
	c.loaded = c.memo
	c.begin(nil)
}

// begin starts a run with the decisions that it repeats.
func (c *choices) begin(given []bool) {
	c.given, c.made, c.memo = given, c.made[:0], nil
}

// waysOf returns the ways that decisions took.
func waysOf(made []choice) []bool {
	out := make([]bool, len(made))
	for i, c := range made {
		out[i] = c.way
	}
	return out
}
