package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
)

// The dimensions of the picture, in pixels.
const (
	chartWidth  = 852.0
	chartLeft   = 84.0  // the left edge of the frame around the lines
	chartRight  = 800.0 // its right edge
	chartTop    = 48.0
	chartBottom = 448.0
	legendTop   = 516.0
	legendLine  = 20.0
)

// chartStyle has each colour twice: for light and for dark pages.
const chartStyle = `
    text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #1f2328 } .title { font-size: 15px; font-weight: bold } .mark { font-weight: bold }
    .paper { fill: #ffffff } .grid { stroke: #d8dee4; fill: none } .frame { stroke: #8c959f; fill: none } .line { fill: none; stroke-width: 2 }
    .s1 { stroke: #0969da } .dot.s1, .mark.s1 { fill: #0969da } .s2 { stroke: #bc4c00 } .dot.s2, .mark.s2 { fill: #bc4c00 }
    .s3 { stroke: #6639ba } .dot.s3, .mark.s3 { fill: #6639ba } .s4 { stroke: #bf3989 } .dot.s4, .mark.s4 { fill: #bf3989 }
    .s5 { stroke: #1a7f37 } .dot.s5, .mark.s5 { fill: #1a7f37 } .s6 { stroke: #57606a } .dot.s6, .mark.s6 { fill: #57606a }
    .s7 { stroke: #8a6700 } .dot.s7, .mark.s7 { fill: #8a6700 } .dot, .mark { stroke: none }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .paper { fill: #0d1117 } .grid { stroke: #2b323b } .frame { stroke: #6e7681 }
      .s1 { stroke: #58a6ff } .dot.s1, .mark.s1 { fill: #58a6ff } .s2 { stroke: #f0883e } .dot.s2, .mark.s2 { fill: #f0883e }
      .s3 { stroke: #bc8cff } .dot.s3, .mark.s3 { fill: #bc8cff } .s4 { stroke: #f778ba } .dot.s4, .mark.s4 { fill: #f778ba }
      .s5 { stroke: #56d364 } .dot.s5, .mark.s5 { fill: #56d364 } .s6 { stroke: #9aa5b1 } .dot.s6, .mark.s6 { fill: #9aa5b1 }
      .s7 { stroke: #e3b341 } .dot.s7, .mark.s7 { fill: #e3b341 } .dot, .mark { stroke: none }
    }
`

// decades is a logarithmic axis from one power of ten to another.
type decades struct{ low, high int }

// decadesOf returns the shortest axis that holds all values.
func decadesOf(values []float64) decades {
	d := decades{int(math.Floor(math.Log10(slices.Min(values)))), int(math.Ceil(math.Log10(slices.Max(values))))}
	d.high = max(d.high, d.low+1)
	return d
}

// share returns the position of a value on the axis, from 0 to 1.
func (d decades) share(value float64) float64 {
	return (math.Log10(value) - float64(d.low)) / float64(d.high-d.low)
}

// chart draws series over two logarithmic axes.
type chart struct {
	body strings.Builder
	x, y decades
}

func (c *chart) atX(value float64) float64 {
	return chartLeft + c.x.share(value)*(chartRight-chartLeft)
}

func (c *chart) atY(value float64) float64 {
	return chartBottom - c.y.share(value)*(chartBottom-chartTop)
}

func (c *chart) printf(format string, args ...any) { fmt.Fprintf(&c.body, "  "+format+"\n", args...) }

// micros returns the times of a series in microseconds.
func (s *series) micros() []float64 {
	out := make([]float64, len(s.times))
	for i, t := range s.times {
		out[i] = float64(t) / 1e6
	}
	return out
}

// drawChart returns the picture of the series as SVG. Linear time rises by one
// decade per decade.
func drawChart(all []series) string {
	c := &chart{}
	var sizes, times []float64
	for _, s := range all {
		times = append(times, s.micros()...)
		for _, size := range s.sizes {
			sizes = append(sizes, float64(size))
		}
	}
	c.x, c.y = decadesOf(sizes), decadesOf(times)
	height := legendTop + legendLine*float64(len(all))
	c.printf(`<rect class="paper" width="%.0f" height="%.0f" rx="8"/>`, chartWidth, height)
	c.printf(`<text class="title" x="%.0f" y="28">Time over size</text>`, chartLeft)
	c.axes()
	for i := range all {
		c.line(i+1, &all[i])
		c.mark(i+1, &all[i], all)
		c.legend(i+1, &all[i])
	}
	return fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n"+
		"  <title>Time over size</title>\n  <style>%s  </style>\n%s</svg>\n", chartWidth, height, chartWidth, height, chartStyle, c.body.String())
}

// axes draws a line for each decade.
func (c *chart) axes() {
	for power := c.x.low; power <= c.x.high; power++ {
		x := c.atX(math.Pow10(power))
		c.printf(`<path class="grid" d="M%.1f %.0fV%.0f"/>`, x, chartTop, chartBottom)
		c.printf(`<text x="%.1f" y="%.0f" text-anchor="middle">%s</text>`, x, chartBottom+20, round(power))
	}
	for power := c.y.low; power <= c.y.high; power++ {
		y := c.atY(math.Pow10(power))
		c.printf(`<path class="grid" d="M%.0f %.1fH%.0f"/>`, chartLeft, y, chartRight)
		c.printf(`<text x="%.0f" y="%.1f" text-anchor="end">%s</text>`, chartLeft-8, y+4, round(power))
	}
	c.printf(`<path class="frame" d="M%.0f %.0fV%.0fH%.0f"/>`, chartLeft, chartTop, chartBottom, chartRight)
	c.printf(`<text x="%.0f" y="%.0f" text-anchor="middle">size</text>`, (chartLeft+chartRight)/2, chartBottom+40)
	c.printf(`<text transform="translate(18 %.0f) rotate(-90)" text-anchor="middle">microseconds</text>`, (chartTop+chartBottom)/2)
}

// round returns a power of ten with all its zeros.
func round(power int) string {
	if power < 0 {
		return fmt.Sprintf("%.*f", -power, math.Pow10(power))
	}
	digits := fmt.Sprintf("%.0f", math.Pow10(power))
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// line draws one series.
func (c *chart) line(number int, s *series) {
	var path strings.Builder
	for i, t := range s.micros() {
		x, y := c.atX(float64(s.sizes[i])), c.atY(t)
		fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(i, 1)], x, y)
		c.printf(`<circle class="dot s%d" cx="%.1f" cy="%.1f" r="3.5"/>`, number, x, y)
	}
	c.printf(`<path class="line s%d" d="%s"/>`, number, path.String())
}

// end returns the position of the last point of a series.
func (c *chart) end(s *series) (x, y float64) {
	last := len(s.sizes) - 1
	return c.atX(float64(s.sizes[last])), c.atY(s.micros()[last])
}

// mark writes the number of a series above its last point. If another series ends
// just above, it writes the number below.
func (c *chart) mark(number int, s *series, all []series) {
	x, y := c.end(s)
	place := y - 9
	for i := range all {
		if otherX, otherY := c.end(&all[i]); math.Abs(otherX-x) < 10 && otherY < y && otherY > y-24 {
			place = y + 18
		}
	}
	c.printf(`<text class="mark s%d" x="%.1f" y="%.1f" text-anchor="middle">%d</text>`, number, x, place, number)
}

// legend writes the name of the series for a number.
func (c *chart) legend(number int, s *series) {
	y := legendTop + legendLine*float64(number-1)
	c.printf(`<path class="line s%d" d="M%.0f %.0fh28"/>`, number, chartLeft, y-4)
	c.printf(`<text class="mark s%d" x="%.0f" y="%.0f">%d</text>`, number, chartLeft+36, y, number)
	c.printf(`<text x="%.0f" y="%.0f">%s</text>`, chartLeft+54, y, s.name)
}

// draw writes the picture of the series to a file.
func draw(all []series, file string) error {
	return os.WriteFile(file, []byte(drawChart(all)), 0o644)
}
