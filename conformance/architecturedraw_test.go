package conformance

import (
	"fmt"
	"slices"
	"strings"
)

// room is a package in the picture of the house.
type room struct {
	name, synopsis string
	below          []*room // what it imports
	level          int     // 0 at the bottom
	x              float64 // its middle
	passes         bool    // no package: an arrow goes through here
}

// The measures of the picture, in pixels.
const (
	roomHeight = 34.0
	roomLetter = 7.8 // a character of 13 pixels
	roomGap    = 22.0
	passWidth  = 14.0
	levelStep  = 84.0
	houseEdge  = 20.0
)

const houseStyle = `
    text { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2328; text-anchor: middle }
    .paper { fill: #ffffff } .room { stroke-width: 1.5 } .arrow { fill: none; stroke: #6e7781; stroke-width: 1.3 } .tip { fill: #6e7781 }
    .decides { fill: #ddf4ff; stroke: #0969da } .explains { fill: #fbefff; stroke: #8250df } .tests { fill: #dafbe1; stroke: #1a7f37 } .tells { fill: #fff1e5; stroke: #bc4c00 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .paper { fill: #0d1117 } .arrow { stroke: #8b949e } .tip { fill: #8b949e }
      .decides { fill: #0c2d4b; stroke: #58a6ff } .explains { fill: #2d1b45; stroke: #bc8cff } .tests { fill: #0f2f1a; stroke: #56d364 } .tells { fill: #3b1f0b; stroke: #f0883e }
    }
`

// wing is what a room is for, a class of the style.
func (r *room) wing() string {
	switch first, _, _ := strings.Cut(r.name, "/"); {
	case first == "conformance":
		return "tests"
	case first == "cmd":
		return "tells"
	case strings.HasPrefix(r.name, "fetch/explain"), r.name == "fetch/report", r.name == "fetch/server/recipe":
		return "explains"
	}
	return "decides"
}

func (r *room) width() float64 {
	if r.passes {
		return passWidth
	}
	return float64(len(r.name))*roomLetter + 18
}

// drawRooms draws the packages, each above all that it imports, with an arrow
// for each import that does not follow from others. The imports of rooms are
// changed.
func drawRooms(rooms []*room) string {
	reduce(rooms)
	levels := stack(rooms)
	arrange(levels)
	return paint(levels)
}

// reduce takes away imports of what is imported through others too.
func reduce(rooms []*room) {
	for _, r := range slices.Backward(rooms) {
		direct := slices.Clone(r.below)
		r.below = slices.DeleteFunc(r.below, func(b *room) bool {
			return slices.ContainsFunc(direct, func(other *room) bool { return other != b && other.reaches(b) })
		})
	}
}

func (r *room) reaches(b *room) bool {
	return r == b || slices.ContainsFunc(r.below, func(x *room) bool { return x.reaches(b) })
}

// stack gives each room a level and returns the levels, bottom-up. An arrow over
// several levels passes through a place of its own in each between.
func stack(rooms []*room) [][]*room {
	var levels [][]*room
	add := func(r *room) {
		for len(levels) <= r.level {
			levels = append(levels, nil)
		}
		levels[r.level] = append(levels[r.level], r)
	}
	for _, r := range rooms {
		for _, b := range r.below {
			r.level = max(r.level, b.level+1)
		}
		add(r)
	}
	for _, r := range rooms {
		for i, b := range r.below {
			for level := b.level + 1; level < r.level; level++ {
				b = &room{passes: true, level: level, below: []*room{b}}
				add(b)
			}
			r.below[i] = b
		}
	}
	return levels
}

// arrange orders the rooms of each level by where their neighbours are, up and
// down several times, and keeps the best order; then it gives them places.
func arrange(levels [][]*room) {
	place(levels)
	best, fewest := clone(levels), crossings(levels)
	for range 24 {
		for i := range levels {
			sortBy(levels[i], func(r *room) []*room { return r.below })
			place(levels)
		}
		for i := len(levels) - 2; i >= 0; i-- {
			above := func(r *room) []*room {
				return slices.DeleteFunc(slices.Clone(levels[i+1]), func(x *room) bool { return !slices.Contains(x.below, r) })
			}
			sortBy(levels[i], above)
			place(levels)
		}
		if n := crossings(levels); n < fewest {
			best, fewest = clone(levels), n
		}
	}
	copy(levels, best)
	place(levels)
}

func clone(levels [][]*room) [][]*room {
	out := make([][]*room, len(levels))
	for i := range levels {
		out[i] = slices.Clone(levels[i])
	}
	return out
}

// sortBy orders rooms by the middle of their neighbours.
func sortBy(level []*room, neighbours func(*room) []*room) {
	wish := make(map[*room]float64)
	for _, r := range level {
		wish[r] = r.x
		if list := neighbours(r); len(list) > 0 {
			sum := 0.0
			for _, n := range list {
				sum += n.x
			}
			wish[r] = sum / float64(len(list))
		}
	}
	slices.SortStableFunc(level, func(a, b *room) int {
		switch {
		case wish[a] < wish[b]:
			return -1
		case wish[a] > wish[b]:
			return 1
		}
		return 0
	})
}

// place sets the rooms of each level side by side around the middle.
func place(levels [][]*room) {
	for _, level := range levels {
		width := 0.0
		for _, r := range level {
			width += r.width() + roomGap
		}
		x := -(width - roomGap) / 2
		for _, r := range level {
			r.x = x + r.width()/2
			x += r.width() + roomGap
		}
	}
}

// crossings counts the arrows that cross others between two levels.
func crossings(levels [][]*room) int {
	n := 0
	for _, level := range levels {
		type line struct{ from, to float64 }
		var lines []line
		for _, r := range level {
			for _, b := range r.below {
				lines = append(lines, line{r.x, b.x})
			}
		}
		for i, a := range lines {
			for _, b := range lines[i+1:] {
				if (a.from-b.from)*(a.to-b.to) < 0 {
					n++
				}
			}
		}
	}
	return n
}

// paint writes the picture.
func paint(levels [][]*room) string {
	left, right := 0.0, 0.0
	for _, level := range levels {
		for _, r := range level {
			left, right = min(left, r.x-r.width()/2), max(right, r.x+r.width()/2)
		}
	}
	width := right - left + 2*houseEdge
	height := levelStep*float64(len(levels)-1) + roomHeight + 2*houseEdge
	var out strings.Builder
	fmt.Fprintf(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n", width, height, width, height)
	fmt.Fprintf(&out, "  <title>The packages and what they import</title>\n  <style>%s  </style>\n", houseStyle)
	fmt.Fprintf(&out, "  <rect class=\"paper\" width=\"%.0f\" height=\"%.0f\" rx=\"8\"/>\n", width, height)
	shift := houseEdge - left
	top := func(r *room) float64 { return height - houseEdge - roomHeight - levelStep*float64(r.level) }
	for _, level := range levels {
		for _, r := range level {
			for _, b := range r.below {
				paintArrow(&out, r, b, shift, top)
			}
		}
	}
	for _, level := range levels {
		for _, r := range level {
			if r.passes {
				continue
			}
			fmt.Fprintf(&out, "  <rect class=\"room %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\" rx=\"6\"/>\n",
				r.wing(), r.x+shift-r.width()/2, top(r), r.width(), roomHeight)
			fmt.Fprintf(&out, "  <text x=\"%.1f\" y=\"%.1f\">%s</text>\n", r.x+shift, top(r)+22, r.name)
		}
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// paintArrow draws one arrow from a room down to another.
func paintArrow(out *strings.Builder, from, to *room, shift float64, top func(*room) float64) {
	x1, y1, x2, y2 := from.x+shift, top(from)+roomHeight, to.x+shift, top(to)
	end := y2
	if !to.passes {
		end = y2 - 6
		fmt.Fprintf(out, "  <path class=\"tip\" d=\"M%.1f %.1fl-4 -8h8z\"/>\n", x2, y2)
	}
	middle := (y1 + y2) / 2
	fmt.Fprintf(out, "  <path class=\"arrow\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f", x1, y1, x1, middle, x2, middle, x2, end)
	if to.passes {
		fmt.Fprintf(out, "v%.0f", roomHeight)
	}
	out.WriteString("\"/>\n")
}
